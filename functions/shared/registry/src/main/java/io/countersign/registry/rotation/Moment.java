package io.countersign.registry.rotation;

import java.time.Instant;

/** Moments as parts of sort keys: their order as texts is their order in time. */
final class Moment {
    private Moment() {}

    /** Milliseconds since 1970 in 15 digits: until the year 33658. */
    static String text(Instant moment) {
        return "%015d".formatted(Math.max(0, moment.toEpochMilli()));
    }
}
