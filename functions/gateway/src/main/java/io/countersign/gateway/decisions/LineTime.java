package io.countersign.gateway.decisions;

import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;

/** Writes times with always three digits of a second, so that lines sort as texts. Each millisecond is written once. For one thread. */
final class LineTime {
    private static final DateTimeFormatter MILLIS =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

    private long lastMillis = Long.MIN_VALUE;
    private String lastText = "";

    String of(Instant at) {
        long millis = at.toEpochMilli();
        if (millis != lastMillis) {
            lastMillis = millis;
            lastText = MILLIS.format(at);
        }
        return lastText;
    }
}
