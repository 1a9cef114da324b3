package io.countersign.oss;

/** Checks the syntax of header lines before anything is read from them (RFC 9110, 5.1 and 5.5). */
final class HeaderRules {
    private static final boolean[] TOKEN = token();

    private HeaderRules() {}

    /**
     * @throws OssRefusal InvalidArgument when there are too many lines, too much text, or a line that is not valid in
     *     HTTP
     */
    static void check(Headers headers) throws OssRefusal {
        int count = headers.fields().size();
        if (count > RequestParser.MAX_HEADERS) {
            throw refused("There are more than " + RequestParser.MAX_HEADERS + " headers; send fewer.");
        }
        int size = 0;
        for (int i = 0; i < count; i++) {
            Headers.HeaderField field = headers.fields().get(i);
            checkName(field.name());
            checkValue(field);
            size += field.name().length() + field.value().length() + 4;
            if (size > RequestParser.MAX_HEADER_BLOCK) {
                throw refused(
                        "The headers are longer than " + RequestParser.MAX_HEADER_BLOCK + " characters; send less.");
            }
        }
    }

    private static void checkName(String name) throws OssRefusal {
        if (name.isEmpty()) {
            throw refused("A header has no name; give it one.");
        }
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c >= TOKEN.length || !TOKEN[c]) {
                throw refused("A header name holds a character that HTTP does not allow there; take it out.");
            }
        }
    }

    private static void checkValue(Headers.HeaderField field) throws OssRefusal {
        String value = field.value();
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c < ' ' && c != '\t' || c == 0x7F) {
                throw refused("The header " + field.name() + " holds a control character; take it out or encode it.");
            }
        }
    }

    /** The characters of names, which are already in lower case. */
    private static boolean[] token() {
        boolean[] token = new boolean[128];
        for (char c : "!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyz".toCharArray()) {
            token[c] = true;
        }
        return token;
    }

    private static OssRefusal refused(String message) {
        return new OssRefusal(OssError.INVALID_ARGUMENT, message);
    }
}
