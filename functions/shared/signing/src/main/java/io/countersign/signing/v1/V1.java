package io.countersign.signing.v1;

import io.countersign.oss.Headers;
import io.countersign.oss.HttpMethod;
import io.countersign.oss.OssRefusal;
import io.countersign.oss.OssRequest;
import io.countersign.oss.Parameters;
import io.countersign.oss.QueryParameters;
import io.countersign.oss.Target;
import io.countersign.signing.CanonicalForm;
import io.countersign.signing.ConstantTime;
import io.countersign.signing.Secret;
import io.countersign.signing.SignatureCheck;
import io.countersign.signing.base.Hmac;
import io.countersign.signing.base.RedactingSink;
import java.util.Base64;
import java.util.Optional;

/** V1 signatures made and checked. */
public final class V1 {
    private V1() {}

    /** A signature and what it was made from. */
    public record Signed(String signature, CanonicalForm form) {}

    /**
     * @param date the text of the date header, or the digits of Expires
     * @throws OssRefusal InvalidArgument when the signature would stand for another request as well (protocol.md 1.5)
     */
    public static Signed sign(
            HttpMethod method, Target target, QueryParameters query, Headers headers, String date, Hmac.HmacKey key)
            throws OssRefusal {
        V1Readings.Ambiguity.refuse(target, query);
        StringToSign stringToSign = StringToSign.of(method, target, query, headers, date);
        String exact = stringToSign.text(StringToSign.Reading.USUAL, RedactingSink.EXACT);
        return new Signed(Base64.getEncoder().encodeToString(key.sign(exact)), form(stringToSign, exact));
    }

    /**
     * What a signature of this request goes over, as most signers read it.
     *
     * @param date the text of the date header, or the digits of Expires
     */
    public static CanonicalForm form(OssRequest request, String date) {
        StringToSign stringToSign = stringToSign(request, date);
        return form(stringToSign, stringToSign.text(StringToSign.Reading.USUAL, RedactingSink.EXACT));
    }

    /** @param date the text of the date header, or the digits of Expires */
    public static SignatureCheck check(OssRequest request, String date, String signature, Hmac.HmacKey key) {
        StringToSign stringToSign = stringToSign(request, date);
        boolean matches = false;
        for (StringToSign.Reading reading : stringToSign.readings()) {
            byte[] expected = Base64.getEncoder().encode(key.sign(stringToSign.text(reading, RedactingSink.EXACT)));
            matches |= ConstantTime.equal(expected, signature);
        }
        return matches
                ? new SignatureCheck.Matches()
                : new SignatureCheck.Mismatch(
                        form(stringToSign, stringToSign.text(StringToSign.Reading.USUAL, RedactingSink.EXACT)));
    }

    /**
     * The text that is signed for a request, every byte of it: for who signs it, not to be shown.
     *
     * @param date the text of the date header, or the digits of Expires
     * @throws OssRefusal InvalidArgument when it would stand for another request as well (protocol.md 1.5)
     */
    public static String text(OssRequest request, String date) throws OssRefusal {
        V1Readings.Ambiguity.refuse(request.target(), request.query());
        return stringToSign(request, date).text(StringToSign.Reading.USUAL, RedactingSink.EXACT);
    }

    /** Base64 of the HMAC-SHA1 over a string to sign that stands already: self-signed mode, POST policies, RTMP. */
    public static String signature(Secret secret, String stringToSign) {
        return Base64.getEncoder().encodeToString(Hmac.sha1(Hmac.sha1Key(secret.reveal()), stringToSign));
    }

    /** Whether a query parameter of this name is part of what V1 signs (protocol.md 1.3). */
    public static boolean signs(String parameter) {
        return Parameters.isSignedByV1(parameter);
    }

    private static StringToSign stringToSign(OssRequest request, String date) {
        return StringToSign.of(request.method(), request.target(), request.query(), request.headers(), date);
    }

    private static CanonicalForm form(StringToSign stringToSign, String exact) {
        return new CanonicalForm(Optional.empty(), stringToSign.printable(exact));
    }
}
