package io.countersign.verify.explain;

/** Text as {@code encodeURIComponent} encodes it: {@code !'()*} are left as they are. */
final class EncodedAsJavaScript {
    private EncodedAsJavaScript() {}

    /** @param encoded with all but unreserved characters encoded */
    static String of(String encoded) {
        return encoded.replace("%21", "!")
                .replace("%27", "'")
                .replace("%28", "(")
                .replace("%29", ")")
                .replace("%2A", "*");
    }
}
