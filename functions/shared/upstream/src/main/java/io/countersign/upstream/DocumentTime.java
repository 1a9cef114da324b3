package io.countersign.upstream;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Times in documents of OSS: whole seconds, and {@code .000Z} after them. */
public final class DocumentTime {
    private DocumentTime() {}

    public static String of(Instant time) {
        String seconds = time.truncatedTo(ChronoUnit.SECONDS).toString();
        return seconds.substring(0, seconds.length() - 1) + ".000Z";
    }
}
