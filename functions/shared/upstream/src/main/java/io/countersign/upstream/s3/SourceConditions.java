package io.countersign.upstream.s3;

import io.countersign.oss.OssError;
import io.countersign.oss.OssRefusal;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;

/**
 * Conditions on the source of a copy. A server ignores a date that it cannot read (RFC 9110 13.1.3), and some stores hold
 * a list or {@code *} for one ETag, which no object has; what would be ignored so is refused.
 */
final class SourceConditions {
    /** The one that RFC 9110 5.6.7 has senders write. */
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("EEE, dd MMM uuuu HH:mm:ss 'GMT'", Locale.ROOT);

    private SourceConditions() {}

    /**
     * Returns the value for the store: an ETag in its quotes, which SDKs leave out and some stores compare too.
     *
     * @throws OssRefusal InvalidArgument for a value that a store may not hold the request to
     */
    static String ofStore(String name, String value) throws OssRefusal {
        if (name.endsWith("-since")) {
            checkDate(name, value);
            return value;
        }
        boolean many = value.indexOf(',') >= 0 || value.indexOf('*') >= 0;
        if (value.isEmpty() || (many && name.endsWith("-none-match"))) {
            throw refused(name, "one ETag");
        }
        return many || value.indexOf('"') >= 0 ? value : '"' + value + '"';
    }

    private static void checkDate(String name, String value) throws OssRefusal {
        try {
            DATE.parse(value);
        } catch (DateTimeParseException e) {
            throw refused(name, "a date such as Tue, 01 Dec 2026 08:00:00 GMT");
        }
    }

    private static OssRefusal refused(String name, String what) {
        return new OssRefusal(OssError.INVALID_ARGUMENT, "The header " + name + " is " + what + "; correct it.");
    }
}
