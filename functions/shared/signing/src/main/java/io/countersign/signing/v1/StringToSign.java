package io.countersign.signing.v1;

import io.countersign.oss.Headers;
import io.countersign.oss.HttpMethod;
import io.countersign.oss.Parameters;
import io.countersign.oss.QueryParameter;
import io.countersign.oss.QueryParameters;
import io.countersign.oss.Target;
import io.countersign.signing.base.CanonicalQuery;
import io.countersign.signing.base.HeaderLines;
import io.countersign.signing.base.Names;
import io.countersign.signing.base.Paths;
import io.countersign.signing.base.RedactingSink;
import io.countersign.signing.base.ReusedText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * V1's string to sign (docs/protocol.md 1.1): verb, Content-MD5, Content-Type, date, {@code x-oss-*} lines, resource.
 *
 * @param date the value of the date header, or the digits of Expires
 */
record StringToSign(
        HttpMethod method,
        String contentMd5,
        String contentType,
        String date,
        HeaderLines headers,
        CanonicalizedResource resource) {
    static StringToSign of(HttpMethod method, Target target, QueryParameters query, Headers headers, String date) {
        return new StringToSign(
                method,
                headers.first("content-md5").orElse(""),
                headers.first("content-type").orElse(""),
                date,
                HeaderLines.of(headers, Names::isOssHeader),
                CanonicalizedResource.of(target, query));
    }

    /** The readings that legitimate signers use for this request, the usual one first; one to four. */
    List<Reading> readings() {
        boolean headersDiffer = headers.hasEmpty();
        boolean parametersDiffer = resource.hasEmptyAssigned();
        if (!headersDiffer && !parametersDiffer) {
            return Reading.ONLY_USUAL;
        }
        List<Reading> readings = new ArrayList<>(4);
        readings.add(Reading.USUAL);
        if (parametersDiffer) {
            readings.add(new Reading(true, true));
        }
        if (headersDiffer) {
            readings.add(new Reading(false, false));
        }
        if (headersDiffer && parametersDiffer) {
            readings.add(new Reading(false, true));
        }
        return readings;
    }

    /** The redacted text of the usual reading; the exact text itself when it contains no token. */
    String printable(String exact) {
        return headers.hasToken() || CanonicalQuery.hasToken(resource.parameters())
                ? text(Reading.USUAL, RedactingSink.PRINTABLE)
                : exact;
    }

    String text(Reading reading, RedactingSink sink) {
        return ReusedText.string(text -> appendTo(text, reading, sink));
    }

    void appendTo(StringBuilder text, Reading reading, RedactingSink sink) {
        text.append(method.name()).append('\n');
        text.append(contentMd5).append('\n');
        text.append(contentType).append('\n');
        text.append(date).append('\n');
        (reading.emptyHeaders() ? headers : headers.withoutEmpty()).appendTo(text, sink);
        resource.appendTo(text, reading, sink);
    }

    /**
     * The last part of V1's string to sign (docs/protocol.md 1.2): the decoded path and the decoded signed parameters.
     *
     * @param parameters the signed ones, sorted by name; duplicates keep their order
     */
    record CanonicalizedResource(Target target, List<QueryParameter> parameters) {
        private static final Comparator<QueryParameter> BY_NAME = Comparator.comparing(QueryParameter::name);

        static CanonicalizedResource of(Target target, QueryParameters query) {
            List<QueryParameter> signed = List.of();
            for (QueryParameter parameter : query.list()) {
                if (Parameters.isSignedByV1(parameter.name())) {
                    // Most URLs have no signed parameter.
                    if (signed.isEmpty()) {
                        signed = new ArrayList<>(query.list().size());
                    }
                    signed.add(parameter);
                }
            }
            if (signed.size() > 1) {
                signed.sort(BY_NAME);
            }
            return new CanonicalizedResource(target, signed);
        }

        /** Whether the request has {@code k=}, which signers write in two ways. */
        boolean hasEmptyAssigned() {
            for (QueryParameter parameter : parameters) {
                if (parameter.assigned() && parameter.value().isEmpty()) {
                    return true;
                }
            }
            return false;
        }

        void appendTo(StringBuilder text, Reading reading, RedactingSink sink) {
            Paths.append(target, text);
            char separator = '?';
            for (QueryParameter parameter : parameters) {
                text.append(separator).append(parameter.name());
                separator = '&';
                if (!parameter.value().isEmpty() || parameter.assigned() && reading.emptyAssigned()) {
                    text.append('=').append(sink.of(parameter.name(), parameter.value()));
                }
            }
        }
    }

    /**
     * How a signer treats empty values, in which signers differ (docs/protocol.md 1.1, 1.2).
     *
     * @param emptyHeaders whether an {@code x-oss-*} header without a value is signed as {@code name:} rather than omitted
     * @param emptyAssigned whether {@code ?k=} is signed as {@code k=} rather than as {@code k}
     */
    record Reading(boolean emptyHeaders, boolean emptyAssigned) {
        /** The reading of most signers. Countersign signs with it, and a mismatch shows it. */
        static final Reading USUAL = new Reading(true, false);

        static final List<Reading> ONLY_USUAL = List.of(USUAL);
    }
}
