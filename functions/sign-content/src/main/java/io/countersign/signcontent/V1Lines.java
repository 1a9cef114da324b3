package io.countersign.signcontent;

import io.countersign.http.Refused;
import io.countersign.oss.HeaderField;
import io.countersign.oss.Headers;
import io.countersign.oss.HttpMethod;
import io.countersign.oss.RequestParser;
import java.util.ArrayList;
import java.util.List;

/**
 * The lines of V1's string to sign (protocol.md 1.1): verb, Content-MD5, Content-Type, date, a line for each {@code x-oss-*} header, resource.
 *
 * @param headers with Content-MD5 and Content-Type, where they are not empty
 */
record V1Lines(HttpMethod method, String date, Headers headers, String resource) {
    private static final int FIRST_HEADER = 4;

    /** @throws Refused with the reason; texts of other kinds that the same key signs are refused by their names (protocol.md 5.5) */
    static V1Lines of(String content) throws Refused {
        PlainText.require(content);
        String[] lines = content.split("\n", -1);
        refuseOthers(lines);
        HttpMethod method = HttpMethod.of(lines[0]).orElseThrow(V1Lines::malformed);
        if (lines.length <= FIRST_HEADER || lines.length > FIRST_HEADER + RequestParser.MAX_HEADERS) {
            throw malformed();
        }
        String resource = lines[lines.length - 1];
        List<HeaderField> headers = new ArrayList<>();
        add("content-md5", lines[1], headers);
        add("content-type", lines[2], headers);
        for (int i = FIRST_HEADER; i < lines.length - 1; i++) {
            headers.add(header(lines[i]));
        }
        if (!resource.startsWith("/")) {
            throw unexpected();
        }
        UrlRoom.require(resource);
        return new V1Lines(method, lines[3], new Headers(headers), resource);
    }

    private static void refuseOthers(String[] lines) throws Refused {
        if (lines.length == 1 && !lines[0].isEmpty()) {
            throw ContentError.POST_POLICY_NOT_SIGNABLE.because(
                    "One line alone is what the policy of a form upload is signed as, and such texts are not signed here; ask /post-policy for a form.");
        }
        if (!lines[0].isEmpty() && lines[0].chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw ContentError.RTMP_NOT_SIGNABLE.because(
                    "This begins as the string to sign of an RTMP push does, and those are not signed here.");
        }
    }

    private static void add(String name, String value, List<HeaderField> headers) {
        if (!value.isEmpty()) {
            headers.add(new HeaderField(name, value));
        }
    }

    private static HeaderField header(String line) throws Refused {
        int colon = line.indexOf(':');
        if (colon < 0 || !line.startsWith("x-oss-")) {
            throw unexpected();
        }
        return new HeaderField(line.substring(0, colon), line.substring(colon + 1));
    }

    private static Refused malformed() {
        return ContentError.INVALID_CONTENT.because(
                "The content is not V1's string to sign: verb, Content-MD5, Content-Type, date, x-oss-* headers, resource, each on a line of its own.");
    }

    private static Refused unexpected() {
        return ContentError.UNEXPECTED_LINE.because(
                "After the date only lines of x-oss-* headers may stand, and at the end one line with the resource, which begins with a slash. An empty line is none of them.");
    }
}
