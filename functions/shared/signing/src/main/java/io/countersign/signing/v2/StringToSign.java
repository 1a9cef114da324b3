package io.countersign.signing.v2;

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
import java.util.List;

/**
 * V2's string to sign (protocol.md 2): verb, Content-MD5, Content-Type, date, {@code x-oss-*} and additional lines, their list, resource.
 *
 * @param date the header's text, or the digits of the expiry
 * @param additional the additional headers that the request really has, sorted
 */
record StringToSign(
        HttpMethod method,
        String contentMd5,
        String contentType,
        String date,
        HeaderLines headers,
        List<String> additional,
        String path,
        QueryParameters query) {
    static StringToSign of(
            HttpMethod method,
            Target target,
            QueryParameters query,
            Headers headers,
            List<String> additional,
            String date) {
        HeaderLines lines = HeaderLines.of(headers, name -> Names.isOssHeader(name) || additional.contains(name));
        return new StringToSign(
                method,
                HeaderLines.trim(headers.first("content-md5").orElse("")),
                HeaderLines.trim(headers.first("content-type").orElse("")),
                date,
                lines,
                present(additional, lines),
                Paths.of(target),
                query);
    }

    private static List<String> present(List<String> additional, HeaderLines lines) {
        return additional.isEmpty()
                ? additional
                : additional.stream().filter(lines::has).toList();
    }

    /** What may be shown of the exact text: the same where no token is in it. */
    String printable(String exact) {
        return headers.hasToken() || CanonicalQuery.hasToken(query.list()) ? text(true, Echo.PRINTABLE) : exact;
    }

    String text(boolean emptyHeaders, Echo echo) {
        StringBuilder text = new StringBuilder(512);
        text.append(method.name()).append('\n');
        text.append(contentMd5).append('\n');
        text.append(contentType).append('\n');
        text.append(date).append('\n');
        (emptyHeaders ? headers : headers.withoutEmpty()).appendTo(text, echo);
        text.append(String.join(";", additional)).append('\n');
        // Unlike V4, V2 encodes the slashes of the path as well.
        PercentEncoding.encode(path, text);
        int end = text.length();
        CanonicalQuery.append(query, text, echo);
        if (text.length() > end) {
            text.insert(end, '?');
        }
        return text.toString();
    }
}
