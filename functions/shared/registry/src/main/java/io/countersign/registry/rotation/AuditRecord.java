package io.countersign.registry.rotation;

import java.time.Instant;

/**
 * One decision about keys or sessions, or one change that an operator made.
 *
 * @param what was decided: the type of the event that tells it, such as {@code AccessKeyRetiring}; of a change, what kind it is, such as {@code ManifestApplied}
 * @param subject the access key, token key, owner or record that it is about
 * @param why in a sentence; never a secret
 * @param eventId the incoming event that led to it, or the command
 */
public record AuditRecord(Instant at, String what, String subject, String why, String eventId) {}
