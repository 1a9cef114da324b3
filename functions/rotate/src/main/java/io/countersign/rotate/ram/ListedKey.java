package io.countersign.rotate.ram;

import java.time.Instant;

/**
 * A key as RAM lists it.
 *
 * @param createdAt by RAM's clock, to the second
 */
public record ListedKey(String id, Instant createdAt) {}
