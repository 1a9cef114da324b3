package io.countersign.signing.v4;

import io.countersign.oss.Headers;
import io.countersign.oss.HttpMethod;
import io.countersign.oss.PercentEncoding;
import io.countersign.oss.QueryParameters;
import io.countersign.oss.Target;
import io.countersign.signing.base.CanonicalQuery;
import io.countersign.signing.base.HeaderLines;
import io.countersign.signing.base.Names;
import io.countersign.signing.base.Paths;
import io.countersign.signing.base.RedactingSink;
import java.util.ArrayList;
import java.util.List;

/**
 * V4's canonical request (docs/protocol.md 3): verb, path, query, headers, names of additional headers, payload.
 *
 * @param additional the additional headers that the request has and that are not signed by default, sorted
 */
record CanonicalRequest(
        HttpMethod method,
        Target target,
        QueryParameters query,
        HeaderLines headers,
        List<String> additional,
        String payload) {
    private static final boolean[] NO = {false};
    private static final boolean[] EITHER = {false, true};

    static CanonicalRequest of(
            HttpMethod method,
            Target target,
            QueryParameters query,
            Headers headers,
            List<String> additional,
            String payload) {
        List<String> present = present(additional, headers);
        HeaderLines lines = HeaderLines.of(headers, name -> Names.isSignedByDefault(name) || present.contains(name));
        return new CanonicalRequest(method, target, query, lines, present, payload);
    }

    private static List<String> present(List<String> additional, Headers headers) {
        if (additional.isEmpty()) {
            return additional;
        }
        List<String> present = new ArrayList<>(additional.size());
        for (String name : additional) {
            if (!Names.isSignedByDefault(name) && headers.has(name)) {
                present.add(name);
            }
        }
        return List.copyOf(present);
    }

    /** The redacted text; the exact text itself when it contains no token. */
    String printable(String exact) {
        return headers.hasToken() || CanonicalQuery.hasToken(query.list())
                ? text(true, RedactingSink.PRINTABLE)
                : exact;
    }

    /** The texts that legitimate signers write for this request, the usual one first; one to eight. */
    List<String> texts() {
        boolean[] orders = CanonicalQuery.hasOtherOrder(query) ? EITHER : NO;
        boolean[] assignments = CanonicalQuery.hasEmptyAssigned(query) ? EITHER : NO;
        boolean[] omissions = headers.hasEmpty() ? EITHER : NO;
        int count = orders.length * assignments.length * omissions.length;
        if (count == 1) {
            return List.of(text(true, RedactingSink.EXACT));
        }
        List<String> texts = new ArrayList<>(count);
        for (boolean byLocale : orders) {
            for (boolean emptyAssigned : assignments) {
                for (boolean noEmptyHeaders : omissions) {
                    texts.add(text(!noEmptyHeaders, byLocale, emptyAssigned, RedactingSink.EXACT));
                }
            }
        }
        return texts;
    }

    String text(boolean emptyHeaders, RedactingSink sink) {
        return text(emptyHeaders, false, false, sink);
    }

    private String text(boolean emptyHeaders, boolean byLocale, boolean emptyAssigned, RedactingSink sink) {
        StringBuilder text = new StringBuilder(512);
        text.append(method.name()).append('\n');
        PercentEncoding.encodePath(Paths.of(target), text);
        text.append('\n');
        CanonicalQuery.append(query, text, sink, byLocale, emptyAssigned);
        text.append('\n');
        (emptyHeaders ? headers : headers.withoutEmpty()).appendTo(text, sink);
        text.append('\n');
        text.append(String.join(";", additional)).append('\n');
        text.append(payload);
        return text.toString();
    }
}
