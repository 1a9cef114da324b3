package io.countersign.registry.rotation;

import java.time.Instant;

/**
 * An event that says what became of keys or sessions.
 *
 * @param id the same for the same fact, however often it is found: what receivers tell doubles by
 * @param type the {@code detail-type}
 * @param time when it was decided
 * @param detail JSON text; never a secret
 */
public record OutgoingEvent(String id, String type, Instant time, String detail) {}
