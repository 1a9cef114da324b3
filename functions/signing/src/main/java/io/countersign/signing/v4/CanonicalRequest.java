package io.countersign.signing.v4;

import io.countersign.oss.Headers;
import io.countersign.oss.HttpMethod;
import io.countersign.oss.PercentEncoding;
import io.countersign.oss.QueryParameters;
import io.countersign.oss.Target;
import io.countersign.signing.base.CanonicalQuery;
import io.countersign.signing.base.Echo;
import io.countersign.signing.base.HeaderLines;
import io.countersign.signing.base.Names;
import io.countersign.signing.base.Paths;
import java.util.ArrayList;
import java.util.List;

/**
 * V4's canonical request (protocol.md 3): verb, path, query, headers, the additional ones' names, payload.
 *
 * @param additional the additional headers that the request really has and that are not signed anyway, sorted
 */
record CanonicalRequest(
        HttpMethod method,
        Target target,
        QueryParameters query,
        HeaderLines headers,
        List<String> additional,
        String payload) {
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

    /** What may be shown of the exact text: the same where no token is in it. */
    String printable(String exact) {
        return headers.hasToken() || CanonicalQuery.hasToken(query.list()) ? text(true, Echo.PRINTABLE) : exact;
    }

    /** Every text that an honest signer may have written for this request, the usual one first: one to four. */
    List<String> texts() {
        boolean headersDiffer = headers.hasEmpty();
        boolean ordersDiffer = CanonicalQuery.hasOtherOrder(query);
        if (!headersDiffer && !ordersDiffer) {
            return List.of(text(true, Echo.EXACT));
        }
        List<String> texts = new ArrayList<>(4);
        texts.add(text(true, Echo.EXACT));
        if (headersDiffer) {
            texts.add(text(false, Echo.EXACT));
        }
        if (ordersDiffer) {
            texts.add(text(true, true, Echo.EXACT));
            if (headersDiffer) {
                texts.add(text(false, true, Echo.EXACT));
            }
        }
        return texts;
    }

    String text(boolean emptyHeaders, Echo echo) {
        return text(emptyHeaders, false, echo);
    }

    private String text(boolean emptyHeaders, boolean byLocale, Echo echo) {
        StringBuilder text = new StringBuilder(512);
        text.append(method.name()).append('\n');
        PercentEncoding.encodePath(Paths.of(target), text);
        text.append('\n');
        if (byLocale) {
            CanonicalQuery.appendByLocale(query, text, echo);
        } else {
            CanonicalQuery.append(query, text, echo);
        }
        text.append('\n');
        (emptyHeaders ? headers : headers.withoutEmpty()).appendTo(text, echo);
        text.append('\n');
        text.append(String.join(";", additional)).append('\n');
        text.append(payload);
        return text.toString();
    }
}
