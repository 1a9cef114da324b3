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

/** Makes and checks V1 signatures (docs/protocol.md 1). */
public final class V1 {
    private V1() {}

    /** A signature and its stages. */
    public record Signed(String signature, CanonicalForm form) {}

    /**
     * @param date the value of the date header, or the digits of Expires
     * @throws OssRefusal InvalidArgument when the signature would be valid for another request as well (docs/protocol.md 1.5)
     */
    public static Signed sign(
            HttpMethod method, Target target, QueryParameters query, Headers headers, String date, Hmac.Key key)
            throws OssRefusal {
        V1Readings.Ambiguity.refuse(target, query);
        StringToSign stringToSign = StringToSign.of(method, target, query, headers, date);
        String exact = stringToSign.text(StringToSign.Reading.USUAL, RedactingSink.EXACT);
        return new Signed(Base64.getEncoder().encodeToString(key.sign(exact)), form(stringToSign, exact));
    }

    /**
     * The stages of a signature of this request, as most signers write them.
     *
     * @param date the value of the date header, or the digits of Expires
     */
    public static CanonicalForm form(OssRequest request, String date) {
        StringToSign stringToSign = stringToSign(request, date);
        return form(stringToSign, stringToSign.text(StringToSign.Reading.USUAL, RedactingSink.EXACT));
    }

    /** @param date the value of the date header, or the digits of Expires */
    public static SignatureCheck check(OssRequest request, String date, String signature, Hmac.Key key) {
        StringToSign stringToSign = stringToSign(request, date);
        boolean matches = false;
        for (StringToSign.Reading reading : stringToSign.readings()) {
            byte[] expected = key.sign(text -> stringToSign.appendTo(text, reading, RedactingSink.EXACT));
            matches |= ConstantTime.equal(Base64.getEncoder().encode(expected), signature);
        }
        return matches
                ? new SignatureCheck.Matches()
                : new SignatureCheck.Mismatch(
                        form(stringToSign, stringToSign.text(StringToSign.Reading.USUAL, RedactingSink.EXACT)));
    }

    /**
     * The exact string to sign of a request. It may contain a security token, so it must not be shown.
     *
     * @param date the value of the date header, or the digits of Expires
     * @throws OssRefusal InvalidArgument when it would be the string of another request as well (docs/protocol.md 1.5)
     */
    public static String text(OssRequest request, String date) throws OssRefusal {
        V1Readings.Ambiguity.refuse(request.target(), request.query());
        return stringToSign(request, date).text(StringToSign.Reading.USUAL, RedactingSink.EXACT);
    }

    /** Base64 of the HMAC-SHA1 over a given string to sign, for the self-signed mode and POST policies. */
    public static String signature(Secret secret, String stringToSign) {
        return Base64.getEncoder().encodeToString(Hmac.sha1(Hmac.sha1Key(secret.reveal()), stringToSign));
    }

    /** Whether V1 signs a query parameter of this name (docs/protocol.md 1.3). */
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
