package io.countersign.upstream.s3;

import io.countersign.upstream.DocumentTime;
import io.countersign.upstream.xml.MalformedXmlException;
import java.time.DateTimeException;
import java.time.Instant;

/** Times in a store's documents, which have fractions of a second in several ways. */
final class S3Times {
    private S3Times() {}

    static String ofClient(String time) throws MalformedXmlException {
        try {
            return DocumentTime.of(Instant.parse(time.strip()));
        } catch (DateTimeException e) {
            throw new MalformedXmlException("A time is not one of ISO 8601.");
        }
    }
}
