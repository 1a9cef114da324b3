package io.countersign.signing.v4;

import io.countersign.oss.Headers;
import io.countersign.oss.HttpMethod;
import io.countersign.oss.OssRequest;
import io.countersign.oss.QueryParameters;
import io.countersign.oss.Target;
import io.countersign.signing.CanonicalForm;
import io.countersign.signing.ConstantTime;
import io.countersign.signing.CredentialScope;
import io.countersign.signing.SignatureCheck;
import io.countersign.signing.base.HeaderLines;
import io.countersign.signing.base.Hmac;
import io.countersign.signing.base.RedactingSink;
import io.countersign.signing.base.ReusedText;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** Makes and checks V4 signatures (docs/protocol.md 3). */
public final class V4 {
    private V4() {}

    /**
     * The inputs of a signature besides the request.
     *
     * @param date the time as the request contains it
     * @param url whether the signature is in the URL, which fixes the payload line
     */
    public record Terms(CredentialScope scope, String date, List<String> additional, boolean url) {}

    /** A signature, its stages, and the additional headers that it covers. */
    public record Signed(String signature, CanonicalForm form, List<String> additional) {}

    public static Signed sign(
            HttpMethod method,
            Target target,
            QueryParameters query,
            Headers headers,
            Terms terms,
            Hmac.Key signingKey) {
        CanonicalRequest request = canonical(method, target, query, headers, terms);
        String text = request.text(RedactingSink.EXACT);
        String stringToSign = stringToSign(terms.date(), terms.scope(), text);
        CanonicalForm form = new CanonicalForm(Optional.of(request.printable(text)), stringToSign);
        return new Signed(signature(signingKey, stringToSign), form, request.additional());
    }

    /** The stages of a signature of this request, as most signers write them. */
    public static CanonicalForm form(OssRequest request, Terms terms) {
        CanonicalRequest canonical = canonical(request, terms);
        return form(canonical, terms, hash(canonical, CanonicalRequest.Form.USUAL));
    }

    public static SignatureCheck check(OssRequest ossRequest, Terms terms, String signature, Hmac.Key signingKey) {
        CanonicalRequest request = canonical(ossRequest, terms);
        SignatureCheck usual = ReusedText.stages(texts -> checkUsual(request, terms, signature, signingKey, texts));
        boolean matches = false;
        for (CanonicalRequest.Form form : request.otherForms()) {
            matches |= isOf(hash(request, form), terms, signature, signingKey);
        }
        return matches ? new SignatureCheck.Matches() : usual;
    }

    /** Checks the usual form. Its texts are still there for the answer when they do not match. */
    private static SignatureCheck checkUsual(
            CanonicalRequest request, Terms terms, String signature, Hmac.Key signingKey, ReusedText.Stages texts) {
        byte[] hash = texts.utf8(
                text -> request.append(text, CanonicalRequest.Form.USUAL, RedactingSink.EXACT), Hmac.Digests::sha256);
        byte[] expected =
                texts.utf8(text -> StringToSign.append(text, terms.date(), terms.scope(), hash), signingKey::sign);
        if (ConstantTime.isHex(expected, signature)) {
            return new SignatureCheck.Matches();
        }
        String stringToSign = texts.last();
        String canonical = request.hasToken()
                ? texts.string(text -> request.append(text, CanonicalRequest.Form.USUAL, RedactingSink.PRINTABLE))
                : texts.earlier();
        return new SignatureCheck.Mismatch(new CanonicalForm(Optional.of(canonical), stringToSign));
    }

    private static byte[] hash(CanonicalRequest request, CanonicalRequest.Form form) {
        return Hmac.Digests.sha256(text -> request.append(text, form, RedactingSink.EXACT));
    }

    private static boolean isOf(byte[] hash, Terms terms, String signature, Hmac.Key signingKey) {
        byte[] expected = signingKey.sign(text -> StringToSign.append(text, terms.date(), terms.scope(), hash));
        return ConstantTime.isHex(expected, signature);
    }

    /** @param hash that of the request in its usual form */
    private static CanonicalForm form(CanonicalRequest request, Terms terms, byte[] hash) {
        String stringToSign = StringToSign.of(terms.date(), terms.scope(), hash);
        return new CanonicalForm(Optional.of(request.text(RedactingSink.PRINTABLE)), stringToSign);
    }

    /** The exact canonical request, as most signers write it. */
    public static String canonicalRequest(OssRequest request, List<String> additional, boolean url) {
        return canonical(request.method(), request.target(), request.query(), request.headers(), additional, url)
                .text(RedactingSink.EXACT);
    }

    /** @param date the time as the request contains it */
    public static String stringToSign(String date, CredentialScope scope, String canonicalRequest) {
        byte[] hash = Hmac.Digests.sha256(canonicalRequest.getBytes(StandardCharsets.UTF_8));
        return StringToSign.of(date, scope, hash);
    }

    /** Hex of the HMAC-SHA256 over a given string to sign, for the self-signed mode and POST policies. */
    public static String signature(Hmac.Key signingKey, String stringToSign) {
        return HexFormat.of().formatHex(signingKey.sign(stringToSign));
    }

    private static CanonicalRequest canonical(OssRequest request, Terms terms) {
        return canonical(request.method(), request.target(), request.query(), request.headers(), terms);
    }

    private static CanonicalRequest canonical(
            HttpMethod method, Target target, QueryParameters query, Headers headers, Terms terms) {
        return canonical(method, target, query, headers, terms.additional(), terms.url());
    }

    private static CanonicalRequest canonical(
            HttpMethod method,
            Target target,
            QueryParameters query,
            Headers headers,
            List<String> additional,
            boolean url) {
        String payload = url ? Payload.UNSIGNED : Payload.ofHeader(headers);
        return CanonicalRequest.of(method, target, query, headers, additional, payload);
    }

    /** V4's string to sign (docs/protocol.md 3): algorithm, time, scope, hash of the canonical request. */
    static final class StringToSign {
        static final String ALGORITHM = "OSS4-HMAC-SHA256";

        private StringToSign() {}

        /**
         * @param date the time as the request contains it
         * @param hash SHA-256 of the canonical request
         */
        static String of(String date, CredentialScope scope, byte[] hash) {
            return ReusedText.string(text -> append(text, date, scope, hash));
        }

        /** @param hash SHA-256 of the canonical request */
        static void append(StringBuilder text, String date, CredentialScope scope, byte[] hash) {
            text.append(ALGORITHM).append('\n');
            text.append(date).append('\n');
            scope.appendLine(text);
            Hmac.Digests.appendHex(hash, text.append('\n'));
        }
    }

    /** The last line of V4's canonical request (docs/protocol.md 3). */
    static final class Payload {
        static final String UNSIGNED = "UNSIGNED-PAYLOAD";

        private Payload() {}

        /** The value of x-oss-content-sha256; all official clients send the literal {@link #UNSIGNED}. */
        static String ofHeader(Headers headers) {
            return headers.first("x-oss-content-sha256").map(HeaderLines::trim).orElse(UNSIGNED);
        }
    }
}
