package io.countersign.signcontent;

import io.countersign.http.ProblemException;
import io.countersign.oss.Headers;
import io.countersign.oss.HttpMethod;
import io.countersign.oss.QueryParameter;
import io.countersign.oss.QueryParameters;
import io.countersign.oss.RequestParser;
import io.countersign.oss.Target;
import io.countersign.signing.base.SigningTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The lines of V1's string to sign (docs/protocol.md 1.1): verb, Content-MD5, Content-Type, date, a line for each {@code x-oss-*} header, resource.
 *
 * @param headers including Content-MD5 and Content-Type when they are not empty
 */
record V1Lines(HttpMethod method, String date, Headers headers, String resource) {
    private static final int FIRST_HEADER = 4;

    /** @throws ProblemException with a code of {@link ContentError}; other texts that the same key can sign have codes of their own (docs/protocol.md 5.5) */
    static V1Lines of(String content) throws ProblemException {
        PlainText.require(content);
        String[] lines = content.split("\n", -1);
        refuseOthers(lines);
        HttpMethod method = HttpMethod.of(lines[0]).orElseThrow(V1Lines::malformed);
        if (lines.length <= FIRST_HEADER || lines.length > FIRST_HEADER + RequestParser.MAX_HEADERS) {
            throw malformed();
        }
        String resource = lines[lines.length - 1];
        List<Headers.HeaderField> headers = new ArrayList<>();
        add("content-md5", lines[1], headers);
        add("content-type", lines[2], headers);
        for (int i = FIRST_HEADER; i < lines.length - 1; i++) {
            headers.add(header(lines[i]));
        }
        if (!resource.startsWith("/")) {
            throw unexpected();
        }
        UrlLimit.require(resource);
        return new V1Lines(method, lines[3], new Headers(headers), resource);
    }

    private static void refuseOthers(String[] lines) throws ProblemException {
        if (lines.length == 1 && !lines[0].isEmpty()) {
            throw ContentError.POST_POLICY_NOT_SIGNABLE.cause(
                    "A single line is the string to sign of a form upload's policy, which this function does not sign; get a form from /post-policy.");
        }
        if (!lines[0].isEmpty() && lines[0].chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw ContentError.RTMP_NOT_SIGNABLE.cause(
                    "The content begins like the string to sign of an RTMP push, which this function does not sign.");
        }
    }

    private static void add(String name, String value, List<Headers.HeaderField> headers) {
        if (!value.isEmpty()) {
            headers.add(new Headers.HeaderField(name, value));
        }
    }

    private static Headers.HeaderField header(String line) throws ProblemException {
        int colon = line.indexOf(':');
        if (colon < 0 || !line.startsWith("x-oss-")) {
            throw unexpected();
        }
        return new Headers.HeaderField(line.substring(0, colon), line.substring(colon + 1));
    }

    private static ProblemException malformed() {
        return ContentError.INVALID_CONTENT.cause(
                "The content is not V1's string to sign: verb, Content-MD5, Content-Type, date, x-oss-* headers, resource, each on a line of its own.");
    }

    private static ProblemException unexpected() {
        return ContentError.UNEXPECTED_LINE.cause(
                "After the date, only lines of x-oss-* headers are allowed, and a last line with the resource, which begins with a slash. Empty lines are not allowed.");
    }

    /** The last line of V1's string to sign (docs/protocol.md 1.2): {@code /bucket/key?parameters}, without any encoding. */
    record V1Resource(Target target, QueryParameters query) {
        /** @throws ProblemException AmbiguousContent when it has more than one question mark, InvalidContent when it names no bucket */
        static V1Resource parse(String text) throws ProblemException {
            int mark = text.indexOf('?');
            if (mark >= 0 && text.indexOf('?', mark + 1) >= 0) {
                throw ContentError.AMBIGUOUS_CONTENT.cause(
                        "The resource has two question marks, and V1 does not define which of them ends the key; sign with V4.");
            }
            String path = mark < 0 ? text : text.substring(0, mark);
            return new V1Resource(
                    ResourcePath.target(path), mark < 0 ? QueryParameters.NONE : parameters(text.substring(mark + 1)));
        }

        private static QueryParameters parameters(String text) {
            List<QueryParameter> parameters = new ArrayList<>();
            for (String piece : text.split("&", -1)) {
                int equals = piece.indexOf('=');
                parameters.add(
                        equals < 0
                                ? QueryParameter.bare(piece)
                                : QueryParameter.of(piece.substring(0, equals), piece.substring(equals + 1)));
            }
            return new QueryParameters(parameters);
        }
    }

    /**
     * The fourth line of V1's string to sign: the date of a request that is signed in a header, or the seconds of Expires of a presigned URL.
     *
     * @param expires the expiry of a presigned URL
     */
    record V1Date(Optional<Instant> expires) {
        static final String HEADER = "x-oss-date";

        private static final int MAX_DIGITS = 10;

        /** @throws ProblemException InvalidDate for any other line, and when the header x-oss-date has another value */
        static V1Date parse(String line, Headers headers) throws ProblemException {
            if (isDigits(line)) {
                return new V1Date(Optional.of(Instant.ofEpochSecond(Long.parseLong(line))));
            }
            if (SigningTime.parse(line).isEmpty() || SigningTime.parseIso(line).isPresent()) {
                throw ContentError.INVALID_DATE.cause(
                        "The fourth line is neither a date as in \"Sun, 22 Nov 2026 02:52:36 GMT\" nor the digits of Expires; send the SDK's string to sign.");
            }
            if (!headers.all(HEADER).stream().allMatch(line::equals)) {
                throw ContentError.INVALID_DATE.cause(
                        "The header x-oss-date and the fourth line are different dates; a server uses x-oss-date for both. Send the same date.");
            }
            return new V1Date(Optional.empty());
        }

        /** Whether the request is signed in a header. */
        boolean isOfHeader() {
            return expires.isEmpty();
        }

        /** Removes the date of a request that is signed in a header. In a presigned URL's request, x-oss-date is an ordinary header, and one that is not signable. */
        Headers own(Headers headers) {
            return isOfHeader() ? headers.without(HEADER) : headers;
        }

        /** Whether the text is the canonical form of a positive number. */
        private static boolean isDigits(String text) {
            return !text.isEmpty()
                    && text.length() <= MAX_DIGITS
                    && text.charAt(0) != '0'
                    && text.chars().allMatch(c -> c >= '0' && c <= '9');
        }
    }

    /** Parses the decoded path of a string to sign (docs/protocol.md 1.2): {@code /}, {@code /bucket/} or {@code /bucket/key}. */
    static final class ResourcePath {
        private ResourcePath() {}

        static Target target(String path) throws ProblemException {
            if (path.equals("/")) {
                return Target.service();
            }
            int slash = path.indexOf('/', 1);
            if (!path.startsWith("/") || slash < 2) {
                throw ContentError.INVALID_CONTENT.cause(
                        "The resource is not of the form /bucket/key; send the SDK's string to sign.");
            }
            String bucket = path.substring(1, slash);
            String key = path.substring(slash + 1);
            return key.isEmpty() ? Target.bucket(bucket) : Target.object(bucket, key);
        }
    }
}
