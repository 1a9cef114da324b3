package io.countersign.signing.v4;

import io.countersign.oss.Headers;
import io.countersign.oss.HttpMethod;
import io.countersign.oss.QueryParameters;
import io.countersign.oss.Target;
import io.countersign.signing.base.CanonicalQuery;
import io.countersign.signing.base.HeaderLines;
import io.countersign.signing.base.Names;
import io.countersign.signing.base.Paths;
import io.countersign.signing.base.RedactingSink;
import io.countersign.signing.base.ReusedText;
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

    /** The choices that the protocol leaves to the signer. */
    record Form(boolean byLocale, boolean emptyAssigned, boolean noEmptyHeaders) {
        /** That of most signers. */
        static final Form USUAL = new Form(false, false, false);
    }

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
        return hasToken() ? text(RedactingSink.PRINTABLE) : exact;
    }

    /** Whether the exact text contains a security token. */
    boolean hasToken() {
        return headers.hasToken() || CanonicalQuery.hasToken(query.list());
    }

    /** The forms besides the usual one in which legitimate signers write this request differently; up to seven. */
    List<Form> otherForms() {
        boolean[] orders = CanonicalQuery.hasOtherOrder(query) ? EITHER : NO;
        boolean[] assignments = CanonicalQuery.hasEmptyAssigned(query) ? EITHER : NO;
        boolean[] omissions = headers.hasEmpty() ? EITHER : NO;
        int count = orders.length * assignments.length * omissions.length;
        if (count == 1) {
            return List.of();
        }
        List<Form> forms = new ArrayList<>(count);
        for (boolean byLocale : orders) {
            for (boolean emptyAssigned : assignments) {
                for (boolean noEmptyHeaders : omissions) {
                    forms.add(new Form(byLocale, emptyAssigned, noEmptyHeaders));
                }
            }
        }
        return forms.subList(1, count);
    }

    /** The text in its usual form. */
    String text(RedactingSink sink) {
        return ReusedText.string(text -> append(text, Form.USUAL, sink));
    }

    void append(StringBuilder text, Form form, RedactingSink sink) {
        text.append(method.name()).append('\n');
        Paths.appendEncoded(target, text);
        text.append('\n');
        CanonicalQuery.append(query, text, sink, form.byLocale(), form.emptyAssigned());
        text.append('\n');
        (form.noEmptyHeaders() ? headers.withoutEmpty() : headers).appendTo(text, sink);
        text.append('\n');
        appendAdditional(text);
        text.append('\n').append(payload);
    }

    private void appendAdditional(StringBuilder text) {
        for (int i = 0; i < additional.size(); i++) {
            text.append(i == 0 ? "" : ";").append(additional.get(i));
        }
    }
}
