package io.countersign.signing.v1;

import io.countersign.oss.Headers;
import io.countersign.oss.HttpMethod;
import io.countersign.oss.QueryParameters;
import io.countersign.oss.Target;
import io.countersign.signing.base.CanonicalQuery;
import io.countersign.signing.base.Echo;
import io.countersign.signing.base.HeaderLines;
import io.countersign.signing.base.Names;
import java.util.ArrayList;
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
                ? text(Reading.USUAL, Echo.PRINTABLE)
                : exact;
    }

    String text(Reading reading, Echo echo) {
        StringBuilder text = new StringBuilder(192);
        text.append(method.name()).append('\n');
        text.append(contentMd5).append('\n');
        text.append(contentType).append('\n');
        text.append(date).append('\n');
        (reading.emptyHeaders() ? headers : headers.withoutEmpty()).appendTo(text, echo);
        resource.appendTo(text, reading, echo);
        return text.toString();
    }
}
