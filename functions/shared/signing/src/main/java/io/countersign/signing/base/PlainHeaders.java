package io.countersign.signing.base;

import io.countersign.oss.HeaderField;
import io.countersign.oss.Headers;
import io.countersign.oss.OssError;
import io.countersign.oss.OssRefusal;

/** What every header must be before it goes into a string to sign: one line, and for those that have their own line there, sent once. */
public final class PlainHeaders {
    private PlainHeaders() {}

    /** @throws OssRefusal InvalidArgument when a header could forge a line, or one that counts alone is there twice */
    public static void check(Headers headers) throws OssRefusal {
        int single = 0;
        for (HeaderField field : headers.fields()) {
            if (!Names.isHeaderName(field.name()) || !Names.isHeaderValue(field.value())) {
                throw new OssRefusal(
                        OssError.INVALID_ARGUMENT,
                        "A header has a line break or another control character, or an invalid name; take it out.");
            }
            int bit = bit(field.name());
            if ((single & bit) != 0) {
                throw new OssRefusal(
                        OssError.INVALID_ARGUMENT, "The header " + field.name() + " stands twice; send it once.");
            }
            single |= bit;
        }
    }

    private static int bit(String name) {
        return switch (name) {
            case "authorization" -> 1;
            case "date" -> 2;
            case "x-oss-date" -> 4;
            case "content-type" -> 8;
            case "content-md5" -> 16;
            case "x-oss-content-sha256" -> 32;
            default -> 0;
        };
    }
}
