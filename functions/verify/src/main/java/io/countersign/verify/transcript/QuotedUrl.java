package io.countersign.verify.transcript;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The one URL in a line of HTML, JSON or a program: an attribute's value, or a text in quotes. */
final class QuotedUrl {
    private static final String HTTP = "(https?:[^\\s\"'`<>]{1,65536}+)";
    /** An element of HTML; the value of an attribute is decoded, as browsers do. */
    private static final Pattern ATTRIBUTE =
            Pattern.compile("(?is)<(?:a|area|audio|embed|form|iframe|img|link|script|source|video)\\s"
                    + "[^>]{0,2048}?(?:href|src|action|poster)\\s{0,4}=\\s{0,4}[\"']?" + HTTP);

    private static final Pattern LITERAL =
            Pattern.compile("(?i)[^\"'`\\n]{0,128}(?:[\"'][A-Z0-9_-]{1,64}[\"']\\s{0,4}[:=]>?\\s{0,4})?([\"'`])" + HTTP
                    + "\\1[^\"'`\\n]{0,16}");

    private QuotedUrl() {}

    /** Empty when the text is nothing of the kind, or has several. */
    static Optional<String> in(String text) {
        Matcher attribute = ATTRIBUTE.matcher(text);
        if (attribute.lookingAt()) {
            return Optional.of(decoded(attribute.group(1)));
        }
        Matcher literal = LITERAL.matcher(text);
        return literal.matches() ? Optional.of(literal.group(2)) : Optional.empty();
    }

    private static String decoded(String value) {
        return value.replaceAll("(?i)&(?:#38|#x26|amp);", "&");
    }
}
