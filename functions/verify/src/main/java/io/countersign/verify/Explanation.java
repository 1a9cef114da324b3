package io.countersign.verify;

import io.countersign.oss.OssRefusal;
import io.countersign.oss.OssRequest;
import io.countersign.signing.CanonicalForm;
import io.countersign.signing.Presented;
import io.countersign.signing.SecurityToken;
import io.countersign.signing.SignatureVerifier;
import io.countersign.signing.post.PostSignature;
import java.util.Optional;

/** What a request's signature goes over, for whoever wants to compare it with what a client signed. It is made from the request alone: no secret is near it. */
final class Explanation {
    private static final String TOKEN = "x-oss-security-token";

    private Explanation() {}

    /** Empty for a request that is not signed, or whose signature cannot be read. */
    static Optional<CanonicalForm> of(VerifyRequest request, OssRequest oss) {
        try {
            Credentials credentials = request.form().isPresent()
                    ? PostFormReader.read(FormFields.of(request.form().get()))
                    : Credentials.of(Presented.parse(oss));
            return switch (credentials) {
                case Credentials.None none -> Optional.empty();
                case Credentials.OverRequest signed -> Optional.of(SignatureVerifier.form(signed.presented(), oss));
                case Credentials.OverForm signed ->
                    Optional.of(
                            printable(signed, PostSignature.form(signed.form().policyText())));
            };
        } catch (OssRefusal refusal) {
            return Optional.empty();
        }
    }

    /** As it may be shown. The policy of a session's form may hold its token inside the Base64, where nothing else could hide it. */
    static CanonicalForm printable(Credentials.Signed signed, CanonicalForm form) {
        return switch (signed) {
            case Credentials.OverRequest request -> form;
            case Credentials.OverForm posted ->
                mayHoldToken(posted.form()) ? PostSignature.form(SecurityToken.fingerprint(form.stringToSign())) : form;
        };
    }

    private static boolean mayHoldToken(SignedForm form) {
        return form.securityToken().isPresent()
                || form.policy().conditions().stream().anyMatch(condition -> condition.isAbout(TOKEN));
    }
}
