package io.countersign.presign;

import java.time.Duration;

/** The rule for how long something signed may be good. */
final class Expiries {
    /** V4's own limit, for URLs and for forms (protocol.md 3, 4). */
    static final Duration LONGEST = Duration.ofDays(7);

    private Expiries() {}

    /** @throws IllegalArgumentException when it is not of whole seconds, from 1 second to the longest */
    static void requireIn(Duration duration, Duration longest, String otherwise) {
        if (duration.getNano() != 0 || duration.getSeconds() < 1 || duration.compareTo(longest) > 0) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
