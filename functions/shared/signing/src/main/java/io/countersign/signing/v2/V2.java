package io.countersign.signing.v2;

import io.countersign.oss.Headers;
import io.countersign.oss.HttpMethod;
import io.countersign.oss.OssRequest;
import io.countersign.oss.PercentEncoding;
import io.countersign.oss.QueryParameters;
import io.countersign.oss.Target;
import io.countersign.signing.CanonicalForm;
import io.countersign.signing.ConstantTime;
import io.countersign.signing.SignatureCheck;
import io.countersign.signing.base.CanonicalQuery;
import io.countersign.signing.base.HeaderLines;
import io.countersign.signing.base.Hmac;
import io.countersign.signing.base.Names;
import io.countersign.signing.base.Paths;
import io.countersign.signing.base.RedactingSink;
import io.countersign.signing.base.ReusedText;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** Makes and checks V2 signatures (docs/protocol.md 2). */
public final class V2 {
    private V2() {}

    /** A signature and its stages. */
    public record Signed(String signature, CanonicalForm form) {}

    /** @param date the value of the date header, or the digits of the expiry */
    public static Signed sign(
            HttpMethod method,
            Target target,
            QueryParameters query,
            Headers headers,
            List<String> additional,
            String date,
            Hmac.Key key) {
        StringToSign stringToSign = StringToSign.of(method, target, query, headers, additional, date);
        String exact = stringToSign.text(true, RedactingSink.EXACT);
        return new Signed(Base64.getEncoder().encodeToString(key.sign(exact)), form(stringToSign, exact));
    }

    /**
     * The stages of a signature of this request, as most signers write them.
     *
     * @param date the value of the date header, or the digits of the expiry
     */
    public static CanonicalForm form(OssRequest request, List<String> additional, String date) {
        StringToSign stringToSign = stringToSign(request, additional, date);
        return form(stringToSign, stringToSign.text(true, RedactingSink.EXACT));
    }

    /** @param date the value of the date header, or the digits of the expiry */
    public static SignatureCheck check(
            OssRequest request, List<String> additional, String date, String signature, Hmac.Key key) {
        StringToSign stringToSign = stringToSign(request, additional, date);
        boolean matches = isSignature(signature, key, stringToSign, true);
        if (stringToSign.headers().hasEmpty()) {
            matches |= isSignature(signature, key, stringToSign, false);
        }
        return matches
                ? new SignatureCheck.Matches()
                : new SignatureCheck.Mismatch(form(stringToSign, stringToSign.text(true, RedactingSink.EXACT)));
    }

    private static boolean isSignature(
            String presented, Hmac.Key key, StringToSign stringToSign, boolean emptyHeaders) {
        byte[] expected = key.sign(text -> stringToSign.appendTo(text, emptyHeaders, RedactingSink.EXACT));
        return ConstantTime.equal(Base64.getEncoder().encode(expected), presented);
    }

    private static StringToSign stringToSign(OssRequest request, List<String> additional, String date) {
        return StringToSign.of(
                request.method(), request.target(), request.query(), request.headers(), additional, date);
    }

    private static CanonicalForm form(StringToSign stringToSign, String exact) {
        return new CanonicalForm(Optional.empty(), stringToSign.printable(exact));
    }

    /**
     * V2's string to sign (docs/protocol.md 2): verb, Content-MD5, Content-Type, date, {@code x-oss-*} and additional lines, their list, resource.
     *
     * @param date the value of the date header, or the digits of the expiry
     * @param additional the additional headers that the request has, sorted
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

        /** The redacted text; the exact text itself when it contains no token. */
        String printable(String exact) {
            return headers.hasToken() || CanonicalQuery.hasToken(query.list())
                    ? text(true, RedactingSink.PRINTABLE)
                    : exact;
        }

        String text(boolean emptyHeaders, RedactingSink sink) {
            return ReusedText.string(text -> appendTo(text, emptyHeaders, sink));
        }

        void appendTo(StringBuilder text, boolean emptyHeaders, RedactingSink sink) {
            text.append(method.name()).append('\n');
            text.append(contentMd5).append('\n');
            text.append(contentType).append('\n');
            text.append(date).append('\n');
            (emptyHeaders ? headers : headers.withoutEmpty()).appendTo(text, sink);
            text.append(String.join(";", additional)).append('\n');
            // Unlike V4, V2 encodes the slashes of the path as well.
            PercentEncoding.encode(path, text);
            int end = text.length();
            CanonicalQuery.append(query, text, sink);
            if (text.length() > end) {
                text.insert(end, '?');
            }
        }
    }
}
