package io.countersign.verify;

import io.countersign.oss.OssRefusal;
import io.countersign.oss.OssRequest;
import io.countersign.signing.AccessKey;
import io.countersign.signing.CanonicalForm;
import io.countersign.signing.SecurityToken;
import io.countersign.signing.post.PostSignature;
import io.countersign.signing.request.CredentialsParser;
import io.countersign.signing.request.SignatureVerifier;
import io.countersign.verify.explain.Diagnosis;
import io.countersign.verify.explain.Explained;
import java.util.List;
import java.util.Optional;

/** What is told to whoever asks for an explanation: what a request's signature goes over, made from the request alone, and why a signature does not hold. */
final class Explanation {
    private static final String TOKEN = "x-oss-security-token";

    private Explanation() {}

    /** Tells the answer what the signature goes over, beside what the client says; nothing of a form, whose one line may hold a token. */
    static void of(VerifyRequest request, OssRequest oss, Explained.ClientForm client, AnswerBuilder answer) {
        Optional<CanonicalForm> form = of(request, oss);
        answer.explain(
                form, form.isPresent() && request.form().isEmpty() ? Diagnosis.compare(form.get(), client) : List.of());
    }

    /**
     * Checks the signature. Refused is refused: the cause is looked for after that, and changes nothing.
     *
     * @throws OssRefusal as {@link SignatureStep#check}
     */
    static void checked(
            SignatureStep step,
            OssRequest oss,
            IdentityStep.Requester claimant,
            Optional<Explained.ClientForm> client,
            AnswerBuilder answer)
            throws OssRefusal {
        try {
            step.check(oss, claimant);
        } catch (OssRefusal mismatch) {
            client.flatMap(form -> ofMismatch(oss, claimant, form)).ifPresent(answer::cause);
            throw mismatch;
        }
    }

    /** Why a signature does not hold; empty when there is none. */
    private static Optional<Explained.Cause> ofMismatch(
            OssRequest oss, IdentityStep.Requester claimant, Explained.ClientForm client) {
        return switch (claimant) {
            case IdentityStep.Requester.Anyone anyone -> Optional.empty();
            case IdentityStep.Requester.Holder holder ->
                Optional.of(
                        switch (holder.credentials()) {
                            case Credentials.OverRequest signed ->
                                Diagnosis.of(oss, signed.presented(), holder.secret(), client);
                            case Credentials.OverForm signed ->
                                Diagnosis.ofForm(
                                        signed.form().policyText(),
                                        signed.signature(),
                                        signed.scope(),
                                        new AccessKey(signed.accessKeyId(), holder.secret()));
                        });
        };
    }

    /** Empty for a request that is not signed, or whose signature cannot be read. */
    private static Optional<CanonicalForm> of(VerifyRequest request, OssRequest oss) {
        try {
            Credentials credentials = request.form().isPresent()
                    ? PostUpload.PostFormReader.read(
                            SubmittedForm.FormFields.of(request.form().get()))
                    : Credentials.of(CredentialsParser.parse(oss));
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

    private static boolean mayHoldToken(PostUpload.SignedForm form) {
        return form.securityToken().isPresent()
                || form.policy().conditions().stream().anyMatch(condition -> condition.isAbout(TOKEN));
    }
}
