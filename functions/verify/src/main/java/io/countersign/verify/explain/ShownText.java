package io.countersign.verify.explain;

import io.countersign.oss.EncodedText;
import io.countersign.oss.OssRefusal;
import io.countersign.oss.PercentEncoding;
import io.countersign.signing.SecurityToken;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Masks a form of a client or another server for display: each security token is replaced by its fingerprint, as in our own forms. */
public final class ShownText {
    /** A token ends with its header line, or in a query with the next parameter. The string to sign of STS encodes it once more. */
    private static final Pattern TOKEN =
            Pattern.compile("(?im)(?<head>^[ \\t]*(?:x-oss-|x-acs-)?security-token[ \\t]*:[ \\t]*)(?<line>.*)$"
                    + "|(?<name>security-?token(?:=|%3D))(?<value>.*?)(?=&|%26|\\s|$)");

    private static final String SHOWN = "sha256:";

    private ShownText() {}

    public static String of(String text) {
        return TOKEN.matcher(text).replaceAll(match -> Matcher.quoteReplacement(replacement(match)));
    }

    private static String replacement(MatchResult match) {
        String head = match.group("head");
        return head != null
                ? head + shown(match.group("line").strip())
                : match.group("name") + shown(match.group("value"));
    }

    private static String shown(String token) {
        return token.isEmpty() || token.startsWith(SHOWN) ? token : SecurityToken.fingerprint(decoded(token));
    }

    /** Decodes a token: tokens are Base64 with dots, so a percent sign means that the token is encoded, once or twice. */
    private static String decoded(String token) {
        String text = token;
        for (int i = 0; i < 2 && text.indexOf('%') >= 0; i++) {
            try {
                text = PercentEncoding.decodeEscapes(text, EncodedText.URL);
            } catch (OssRefusal e) {
                return text;
            }
        }
        return text;
    }

    /** Quotes text of a request in a sentence. */
    static final class Quoted {
        private static final int MAX = 120;

        private Quoted() {}

        /** In quotes, truncated, with control characters replaced. */
        static String of(String text) {
            String shown = text.length() > MAX ? text.substring(0, MAX) + "..." : text;
            return '"' + shown.replaceAll("\\p{Cntrl}", "?") + '"';
        }
    }
}
