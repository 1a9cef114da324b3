package io.countersign.signing.v2;

import io.countersign.oss.Headers;
import io.countersign.oss.HttpMethod;
import io.countersign.oss.OssRequest;
import io.countersign.oss.QueryParameters;
import io.countersign.oss.Target;
import io.countersign.signing.CanonicalForm;
import io.countersign.signing.ConstantTime;
import io.countersign.signing.SignatureCheck;
import io.countersign.signing.base.Echo;
import io.countersign.signing.base.HmacKey;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** V2 signatures made and checked. */
public final class V2 {
    private V2() {}

    /** A signature and what it was made from. */
    public record Signed(String signature, CanonicalForm form) {}

    /** @param date the text of the date header, or the digits of the expiry */
    public static Signed sign(
            HttpMethod method,
            Target target,
            QueryParameters query,
            Headers headers,
            List<String> additional,
            String date,
            HmacKey key) {
        StringToSign stringToSign = StringToSign.of(method, target, query, headers, additional, date);
        String exact = stringToSign.text(true, Echo.EXACT);
        return new Signed(Base64.getEncoder().encodeToString(key.sign(exact)), form(stringToSign, exact));
    }

    /**
     * What a signature of this request goes over, as most signers read it.
     *
     * @param date the text of the date header, or the digits of the expiry
     */
    public static CanonicalForm form(OssRequest request, List<String> additional, String date) {
        StringToSign stringToSign = stringToSign(request, additional, date);
        return form(stringToSign, stringToSign.text(true, Echo.EXACT));
    }

    /** @param date the text of the date header, or the digits of the expiry */
    public static SignatureCheck check(
            OssRequest request, List<String> additional, String date, String signature, HmacKey key) {
        StringToSign stringToSign = stringToSign(request, additional, date);
        String exact = stringToSign.text(true, Echo.EXACT);
        boolean matches = isSignature(signature, key, exact);
        if (stringToSign.headers().hasEmpty()) {
            matches |= isSignature(signature, key, stringToSign.text(false, Echo.EXACT));
        }
        return matches ? new SignatureCheck.Matches() : new SignatureCheck.Mismatch(form(stringToSign, exact));
    }

    private static boolean isSignature(String presented, HmacKey key, String stringToSign) {
        return ConstantTime.equal(Base64.getEncoder().encode(key.sign(stringToSign)), presented);
    }

    private static StringToSign stringToSign(OssRequest request, List<String> additional, String date) {
        return StringToSign.of(
                request.method(), request.target(), request.query(), request.headers(), additional, date);
    }

    private static CanonicalForm form(StringToSign stringToSign, String exact) {
        return new CanonicalForm(Optional.empty(), stringToSign.printable(exact));
    }
}
