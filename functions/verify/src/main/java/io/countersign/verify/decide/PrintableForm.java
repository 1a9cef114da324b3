package io.countersign.verify.decide;

import io.countersign.oss.OssRefusal;
import io.countersign.oss.OssRequest;
import io.countersign.signing.CanonicalForm;
import io.countersign.signing.SecurityToken;
import io.countersign.signing.post.PostSignature;
import io.countersign.signing.request.CredentialsParser;
import io.countersign.signing.request.SignatureVerifier;
import java.util.Optional;

/** The text that a signature covers, in a form that may be shown: it holds no security token. */
public final class PrintableForm {
    private static final String TOKEN = "x-oss-security-token";

    private PrintableForm() {}

    /** Builds the form from the request, without a secret. Empty when the request is not signed, or its signature is malformed. */
    public static Optional<CanonicalForm> of(VerifyRequest request, OssRequest oss) {
        try {
            Credentials credentials = request.form().isPresent()
                    ? PostUpload.PostFormReader.read(
                            SubmittedForm.FormFields.of(request.form().get()))
                    : Credentials.of(CredentialsParser.parse(oss));
            return switch (credentials) {
                case Credentials.None none -> Optional.empty();
                case Credentials.OverRequest signed -> Optional.of(SignatureVerifier.form(signed.presented(), oss));
                case Credentials.OverForm signed ->
                    Optional.of(of(signed, PostSignature.form(signed.form().policyText())));
            };
        } catch (OssRefusal refusal) {
            return Optional.empty();
        }
    }

    /** Replaces the Base64 text of a policy that may contain a security token by its fingerprint: nothing can hide a token inside of Base64. */
    static CanonicalForm of(Credentials.Signed signed, CanonicalForm form) {
        return switch (signed) {
            case Credentials.OverRequest request -> form;
            case Credentials.OverForm posted ->
                mayHoldToken(posted.form()) ? PostSignature.form(SecurityToken.fingerprint(form.stringToSign())) : form;
        };
    }

    private static boolean mayHoldToken(PostUpload.SignedForm form) {
        return form.securityToken().isPresent()
                || form.policy().conditions().stream().anyMatch(condition -> condition.isAbout(TOKEN));
    }
}
