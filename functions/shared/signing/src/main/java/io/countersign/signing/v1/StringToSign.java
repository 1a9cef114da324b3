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
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * V1's string to sign (protocol.md 1.1): verb, Content-MD5, Content-Type, date, {@code x-oss-*} lines, resource.
 *
 * @param date the header's text, or the digits of Expires
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

    /** Every way in which an honest signer may have written this request, the usual one first: one to four. */
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

    /** What may be shown of the usual reading's exact text: the same where no token is in it. */
    String printable(String exact) {
        return headers.hasToken() || CanonicalQuery.hasToken(resource.parameters())
                ? text(Reading.USUAL, RedactingSink.PRINTABLE)
                : exact;
    }

    String text(Reading reading, RedactingSink echo) {
        StringBuilder text = new StringBuilder(192);
        text.append(method.name()).append('\n');
        text.append(contentMd5).append('\n');
        text.append(contentType).append('\n');
        text.append(date).append('\n');
        (reading.emptyHeaders() ? headers : headers.withoutEmpty()).appendTo(text, echo);
        resource.appendTo(text, reading, echo);
        return text.toString();
    }

    /**
     * The last part of V1's string to sign (protocol.md 1.2): the path, decoded, and the signed parameters, decoded.
     *
     * @param path {@code /bucket/key}
     * @param parameters those that are signed, sorted by name, repeated ones in their order
     */
    record CanonicalizedResource(String path, List<QueryParameter> parameters) {
        private static final Comparator<QueryParameter> BY_NAME = Comparator.comparing(QueryParameter::name);

        static CanonicalizedResource of(Target target, QueryParameters query) {
            List<QueryParameter> signed = List.of();
            for (QueryParameter parameter : query.list()) {
                if (Parameters.isSignedByV1(parameter.name())) {
                    // Most URLs have none of them.
                    if (signed.isEmpty()) {
                        signed = new ArrayList<>(query.list().size());
                    }
                    signed.add(parameter);
                }
            }
            if (signed.size() > 1) {
                signed.sort(BY_NAME);
            }
            return new CanonicalizedResource(Paths.of(target), signed);
        }

        /** Whether the wire had {@code k=}, which signers write in two ways. */
        boolean hasEmptyAssigned() {
            for (QueryParameter parameter : parameters) {
                if (parameter.assigned() && parameter.value().isEmpty()) {
                    return true;
                }
            }
            return false;
        }

        void appendTo(StringBuilder text, Reading reading, RedactingSink echo) {
            text.append(path);
            char separator = '?';
            for (QueryParameter parameter : parameters) {
                text.append(separator).append(parameter.name());
                separator = '&';
                if (!parameter.value().isEmpty() || parameter.assigned() && reading.emptyAssigned()) {
                    text.append('=').append(echo.of(parameter.name(), parameter.value()));
                }
            }
        }
    }

    /**
     * How a signer treats what is empty; signers differ (protocol.md 1.1, 1.2).
     *
     * @param emptyHeaders whether an {@code x-oss-*} header without a value is signed as {@code name:}; else it is left out
     * @param emptyAssigned whether {@code ?k=} is signed as {@code k=}; else as {@code k}
     */
    record Reading(boolean emptyHeaders, boolean emptyAssigned) {
        /** What most signers do, what Countersign signs and what a mismatch shows. */
        static final Reading USUAL = new Reading(true, false);

        static final List<Reading> ONLY_USUAL = List.of(USUAL);
    }
}
