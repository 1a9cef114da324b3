package io.countersign.signcontent;

import io.countersign.http.ProblemException;
import io.countersign.oss.EncodedText;
import io.countersign.oss.Headers;
import io.countersign.oss.HttpMethod;
import io.countersign.oss.OssRefusal;
import io.countersign.oss.PercentEncoding;
import io.countersign.oss.QueryParameters;
import io.countersign.oss.RequestParser;
import io.countersign.oss.Target;
import io.countersign.signing.CredentialReader;
import java.util.ArrayList;
import java.util.List;

/**
 * The decoded lines of V4's canonical request (docs/protocol.md 3): verb, path, query, a line for each header, an empty line, additional headers. The comparison with
 * the rebuilt request checks the payload's line.
 */
record V4Lines(HttpMethod method, Target target, QueryParameters query, Headers headers, List<String> additional) {
    private static final EncodedText CANONICAL = new EncodedText("The canonical request");
    private static final int FIRST_HEADER = 3;
    /** An empty line, the additional headers, the payload. */
    private static final int AFTER_HEADERS = 3;

    V4Lines {
        additional = List.copyOf(additional);
    }

    /** @throws ProblemException with a code of {@link ContentError} */
    static V4Lines of(String text) throws ProblemException {
        PlainText.require(text);
        String[] lines = text.split("\n", -1);
        int headers = lines.length - FIRST_HEADER - AFTER_HEADERS;
        if (headers < 0 || headers > RequestParser.MAX_HEADERS || !lines[FIRST_HEADER + headers].isEmpty()) {
            throw malformed();
        }
        UrlLimit.requireEncoded(lines[1].length() + lines[2].length());
        try {
            return new V4Lines(
                    HttpMethod.of(lines[0]).orElseThrow(V4Lines::malformed),
                    V1Lines.ResourcePath.target(PercentEncoding.decode(lines[1], CANONICAL)),
                    QueryParameters.parse(lines[2], CANONICAL),
                    headers(lines, FIRST_HEADER + headers),
                    additional(lines[FIRST_HEADER + headers + 1]));
        } catch (OssRefusal refusal) {
            throw ContentError.INVALID_CONTENT.cause(refusal.text());
        }
    }

    private static Headers headers(String[] lines, int end) throws ProblemException {
        List<Headers.HeaderField> headers = new ArrayList<>();
        for (int i = FIRST_HEADER; i < end; i++) {
            int colon = lines[i].indexOf(':');
            if (colon < 1) {
                throw ContentError.UNEXPECTED_LINE.cause(
                        "Between the query and the empty line, only header lines are allowed, as name:value.");
            }
            headers.add(new Headers.HeaderField(lines[i].substring(0, colon), lines[i].substring(colon + 1)));
        }
        return new Headers(headers);
    }

    private static List<String> additional(String line) throws OssRefusal {
        return line.isEmpty() ? List.of() : CredentialReader.additionalHeaders(line);
    }

    private static ProblemException malformed() {
        return ContentError.INVALID_CONTENT.cause(
                "The canonicalRequest is not V4's: verb, path, query, headers, an empty line, additional headers, payload, each on a line of its own.");
    }
}
