package io.countersign.verify.transcript;

import java.util.regex.Pattern;

/** A URL that a mail, a terminal or a page broke over several lines. */
final class WrappedUrl {
    private static final Pattern BROKEN = Pattern.compile(
            "(?i)[^\\n]{0,256}?https?://[^\\s]{1,65536}+[ \\t]{0,8}\\n\\s{0,64}[^\\s:<>{}]{1,65536}+[ \\t]{0,8}(?:\\n|\\z)");

    private WrappedUrl() {}

    static boolean is(String text) {
        return BROKEN.matcher(text).lookingAt();
    }
}
