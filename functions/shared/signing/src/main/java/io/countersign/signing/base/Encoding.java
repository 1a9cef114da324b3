package io.countersign.signing.base;

import io.countersign.oss.PercentEncoding;

/** Percent-encoding that costs nothing where nothing has to be encoded, as in most names and many values. */
final class Encoding {
    private Encoding() {}

    static String encode(String text) {
        return isUnreserved(text) ? text : PercentEncoding.encode(text);
    }

    private static boolean isUnreserved(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean unreserved = c >= 'a' && c <= 'z'
                    || c >= 'A' && c <= 'Z'
                    || c >= '0' && c <= '9'
                    || c == '-'
                    || c == '.'
                    || c == '_'
                    || c == '~';
            if (!unreserved) {
                return false;
            }
        }
        return true;
    }
}
