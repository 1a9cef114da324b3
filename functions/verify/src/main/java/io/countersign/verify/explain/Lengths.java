package io.countersign.verify.explain;

import java.time.Duration;

/** Lengths of time for people. */
final class Lengths {
    private Lengths() {}

    /** The two largest units: {@code 2 h 3 min}, {@code 45 s}. */
    static String of(Duration length) {
        long days = length.toDays();
        if (days > 0) {
            return days + " d " + length.toHoursPart() + " h";
        }
        if (length.toHours() > 0) {
            return length.toHours() + " h " + length.toMinutesPart() + " min";
        }
        return length.toMinutes() > 0
                ? length.toMinutes() + " min " + length.toSecondsPart() + " s"
                : length.toSeconds() + " s";
    }
}
