package io.countersign.upstream.s3;

import io.countersign.upstream.xml.MalformedXmlException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Times in documents: stores write fractions of a second in several ways, and OSS writes {@code .000Z}. */
final class S3Times {
    private S3Times() {}

    static String ofClient(String time) throws MalformedXmlException {
        try {
            String seconds =
                    Instant.parse(time.strip()).truncatedTo(ChronoUnit.SECONDS).toString();
            return seconds.substring(0, seconds.length() - 1) + ".000Z";
        } catch (DateTimeException e) {
            throw new MalformedXmlException("A time is not one of ISO 8601.");
        }
    }
}
