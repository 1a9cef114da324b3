package io.countersign.gateway.explain.transcript;

import io.countersign.json.InvalidDocumentException;
import io.countersign.json.Value;
import io.countersign.json.Values;
import io.countersign.oss.Headers;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Detects the format of a pasted text, and reads the request, the answer, or both in it. */
public final class Transcript {
    /** The most characters of a text. */
    public static final int MAX_LENGTH = 512 * 1024;

    private static final Pattern URL = Pattern.compile(
            "(?i)(?!(?:curl|wget) )(?:[A-Z]{1,8} )?(?:[A-Z][A-Z0-9+.-]{0,15}://|https?(?:%3A|:)(?:%2F|\\\\/){2})\\S+");
    /** The beginning of a URL anywhere in a text, also where it is URL-encoded or in a string of JSON. */
    private static final Pattern SOME_URL =
            Pattern.compile("(?i)[A-Z][A-Z0-9+.-]{0,15}://|https?(?:%3A|:)(?:%2F|\\\\/){2}");
    /** Characters that mails, chats and code put around a URL. */
    private static final String AROUND = "\"'<>`";
    /** A carriage return that a terminal, or a copy of a copy, doubled. */
    private static final Pattern LINE_END = Pattern.compile("\r+\n");

    private Transcript() {}

    /** Whether the text is the URL of a request, of any scheme, rather than the name of a file. */
    public static boolean isUrl(String text) {
        return URL.matcher(text).matches();
    }

    /** Whether there is a URL in the text, whatever is around it. */
    public static boolean holdsUrl(String text) {
        return SOME_URL.matcher(text).find();
    }

    /**
     * @param text a URL (after a verb, if it is not GET; in quotes; in an attribute of HTML), the command of curl or wget that requested it, the output of {@code curl -v} or {@code curl -i}, a HAR file or one entry of it, an error document, or the text of a client's exception
     * @throws Exchange.InvalidTranscript when the text is none of these, or longer than {@link #MAX_LENGTH}
     */
    public static Pasted parse(String text) throws Exchange.InvalidTranscript {
        if (text.length() > MAX_LENGTH) {
            throw new Exchange.InvalidTranscript(
                    "The text has more than " + MAX_LENGTH + " characters; give one request with its answer.");
        }
        // Editors may write a byte order mark first.
        String plain = LINE_END.matcher(text.startsWith("\uFEFF") ? text.substring(1) : text)
                .replaceAll("\n");
        String trimmed = plain.strip();
        if (trimmed.startsWith("{") && !trimmed.startsWith("{'")) {
            return json(trimmed);
        }
        String bare = unquoted(trimmed);
        if (isUrl(bare)) {
            return url(bare);
        }
        Optional<Pasted> pasted = CurlTranscript.parse(plain)
                .or(() -> ShellCommand.parse(trimmed).map(Pasted.class::cast))
                .or(() -> AnswerText.parse(plain))
                .or(() -> QuotedUrl.in(trimmed).map(Transcript::url));
        if (pasted.isEmpty() && WrappedUrl.is(bare)) {
            throw new Exchange.InvalidTranscript(
                    "The URL is broken over several lines, or there are several; give one, in one line without blanks.");
        }
        if (pasted.isEmpty() && hasBlank(bare)) {
            throw new Exchange.InvalidTranscript(
                    "There is a blank in the URL; write %20 in its place, or give a HAR entry or what curl -v prints.");
        }
        return pasted.orElseThrow(
                () -> new Exchange.InvalidTranscript(
                        "There is no request and no error in this text; give a URL, a HAR entry, what curl -v prints (with its line that begins with \"> GET /\" or the like), the XML of an error, or the text of an SDK's exception."));
    }

    private static Pasted json(String text) throws Exchange.InvalidTranscript {
        try {
            Value document = Values.parse(text);
            Optional<Exchange.Answer> answer = AnswerText.parse(document, text);
            return answer.isPresent() ? answer.get() : HarEntry.parse(document);
        } catch (InvalidDocumentException e) {
            // JavaScript prints its errors in braces, too.
            return errorIn(text, HarEntry.invalid(e));
        } catch (Exchange.InvalidTranscript e) {
            // A line of a log that is written as JSON.
            return errorIn(text, e);
        }
    }

    private static Pasted errorIn(String text, Exchange.InvalidTranscript otherwise) throws Exchange.InvalidTranscript {
        return AnswerText.parse(text).orElseThrow(() -> otherwise);
    }

    /** Whether it begins as a URL does, and is one line with a blank and no other URL. */
    private static boolean hasBlank(String text) {
        String url = text.replaceFirst("^[A-Za-z]{1,8} ", "");
        return url.indexOf(' ') >= 0
                && url.indexOf('\n') < 0
                && url.indexOf("://") == url.lastIndexOf("://")
                && isUrl(url.replace(' ', '_'));
    }

    private static String unquoted(String text) {
        boolean around = text.length() > 1
                && AROUND.indexOf(text.charAt(0)) >= 0
                && AROUND.indexOf(text.charAt(text.length() - 1)) >= 0;
        return around ? text.substring(1, text.length() - 1) : text;
    }

    private static Exchange url(String text) {
        int space = text.indexOf(' ');
        return space < 0
                ? Exchange.of("GET", text, Headers.NONE)
                : Exchange.of(text.substring(0, space), text.substring(space + 1), Headers.NONE);
    }

    /** What a user has of a failed request: the request, with its answer if there is one, or only the answer. */
    public sealed interface Pasted permits Exchange, Exchange.Answer {}

    /** Recognizes a URL that a mail, a terminal or a page broke over several lines. */
    static final class WrappedUrl {
        private static final Pattern BROKEN = Pattern.compile(
                "(?i)[^\\n]{0,256}?https?://[^\\s]{1,65536}+[ \\t]{0,8}\\n\\s{0,64}[^\\s:<>{}]{1,65536}+[ \\t]{0,8}(?:\\n|\\z)");

        private WrappedUrl() {}

        static boolean is(String text) {
            return BROKEN.matcher(text).lookingAt();
        }
    }

    /** Finds the only URL in a line of HTML, JSON or a program: the value of an attribute, or a text in quotes. */
    static final class QuotedUrl {
        private static final String HTTP = "(https?:[^\\s\"'`<>]{1,65536}+)";
        /** An element of HTML. The value of its attribute is decoded, as browsers do. */
        private static final Pattern ATTRIBUTE =
                Pattern.compile("(?is)<(?:a|area|audio|embed|form|iframe|img|link|script|source|video)\\s"
                        + "[^>]{0,2048}?(?:href|src|action|poster)\\s{0,4}=\\s{0,4}[\"']?" + HTTP);

        private static final Pattern LITERAL =
                Pattern.compile("(?i)[^\"'`\\n]{0,128}(?:[\"'][A-Z0-9_-]{1,64}[\"']\\s{0,4}[:=]>?\\s{0,4})?([\"'`])"
                        + HTTP + "\\1[^\"'`\\n]{0,16}");

        private QuotedUrl() {}

        /** Empty when the text is no such line, or contains several URLs. */
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
}
