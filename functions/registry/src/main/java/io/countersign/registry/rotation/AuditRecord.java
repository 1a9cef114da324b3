package io.countersign.registry.rotation;

import java.time.Instant;

/**
 * One decision about keys or sessions.
 *
 * @param what was decided: the type of the event that tells it, such as {@code AccessKeyRetiring}
 * @param subject the access key, token key or owner that it is about
 * @param why in a sentence; never a secret
 * @param eventId the incoming event that led to it
 */
public record AuditRecord(Instant at, String what, String subject, String why, String eventId) {}
