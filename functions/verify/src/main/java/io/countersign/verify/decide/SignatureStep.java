package io.countersign.verify.decide;

import io.countersign.oss.ErrorDetails;
import io.countersign.oss.OssError;
import io.countersign.oss.OssRefusal;
import io.countersign.oss.OssRequest;
import io.countersign.signing.AccessKey;
import io.countersign.signing.CanonicalForm;
import io.countersign.signing.Secret;
import io.countersign.signing.SignatureCheck;
import io.countersign.signing.SigningKeys;
import io.countersign.signing.post.PostSignature;
import io.countersign.signing.request.SignatureVerifier;

/** Checks that the requester holds the secret. A signature that does not match is refused even where an anonymous request would pass. */
record SignatureStep(SignatureVerifier verifier, SigningKeys signingKeys) {
    /** @throws OssRefusal SignatureDoesNotMatch, with the string to sign but never with the expected signature */
    void check(OssRequest request, IdentityStep.Requester requester, DecisionObserver observer) throws OssRefusal {
        switch (requester) {
            case IdentityStep.Requester.Anyone anyone -> {}
            case IdentityStep.Requester.Holder holder -> {
                switch (check(request, holder.credentials(), holder.secret())) {
                    case SignatureCheck.Matches matches -> {}
                    case SignatureCheck.Mismatch mismatch -> {
                        report(request, holder, observer);
                        throw refusal(holder.credentials(), mismatch.form());
                    }
                }
            }
        }
    }

    private SignatureCheck check(OssRequest request, Credentials.Signed credentials, Secret secret) {
        return switch (credentials) {
            case Credentials.OverRequest signed -> verifier.check(signed.presented(), request, secret);
            case Credentials.OverForm(PostUpload.SignedForm form) ->
                form.v4().isPresent()
                        ? PostSignature.checkV4(
                                form.policyText(), form.v4().get().scope(), form.signature(), secret, signingKeys)
                        : PostSignature.checkV1(form.policyText(), form.signature(), secret);
        };
    }

    private static void report(OssRequest request, IdentityStep.Requester.Holder holder, DecisionObserver observer) {
        switch (holder.credentials()) {
            case Credentials.OverRequest signed -> observer.mismatch(request, signed.presented(), holder.secret());
            case Credentials.OverForm signed ->
                observer.formMismatch(
                        signed.form().policyText(),
                        signed.signature(),
                        signed.scope(),
                        new AccessKey(signed.accessKeyId(), holder.secret()));
        }
    }

    private static OssRefusal refusal(Credentials.Signed signed, CanonicalForm form) {
        CanonicalForm shown = PrintableForm.of(signed, form);
        String stringToSign = shown.stringToSign();
        ErrorDetails details = new ErrorDetails.Builder()
                .add("OSSAccessKeyId", signed.accessKeyId())
                .add("SignatureProvided", signed.signature())
                .add("StringToSign", stringToSign)
                .addOctets("StringToSignBytes", stringToSign)
                .add("CanonicalRequest", shown.canonicalRequest())
                .build();
        OssError error =
                switch (signed) {
                    case Credentials.OverRequest request -> OssError.SIGNATURE_DOES_NOT_MATCH;
                    case Credentials.OverForm posted -> OssError.FORM_SIGNATURE_DOES_NOT_MATCH;
                };
        return new OssRefusal(error, error.message(), details);
    }
}
