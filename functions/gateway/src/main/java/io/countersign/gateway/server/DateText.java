package io.countersign.gateway.server;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Writes moments in the form of the {@code Date} header (RFC 9110 5.6.7), each second once. Thread-safe. */
final class DateText {
    private static final DateTimeFormatter FORMAT = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private volatile Written last = written(Instant.EPOCH);

    private record Written(long second, String text) {}

    String of(Instant moment) {
        Written known = last;
        if (known.second() != moment.getEpochSecond()) {
            known = written(moment);
            last = known;
        }
        return known.text();
    }

    private static Written written(Instant moment) {
        return new Written(moment.getEpochSecond(), FORMAT.format(moment));
    }
}
