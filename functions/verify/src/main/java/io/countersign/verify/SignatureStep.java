package io.countersign.verify;

import io.countersign.oss.OssError;
import io.countersign.oss.OssRefusal;
import io.countersign.oss.OssRequest;
import io.countersign.signing.CanonicalForm;
import io.countersign.signing.Secret;
import io.countersign.signing.SignatureCheck;
import io.countersign.signing.SigningKeys;
import io.countersign.signing.post.PostSignature;
import io.countersign.signing.request.SignatureVerifier;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/** Whether the claimant holds the secret. A signature that does not match is an error even where an anonymous request would pass. */
record SignatureStep(SignatureVerifier verifier, SigningKeys signingKeys) {
    private static final HexFormat BYTES = HexFormat.ofDelimiter(" ").withUpperCase();

    /** @throws OssRefusal SignatureDoesNotMatch, with what was to be signed but never with the signature that was expected */
    void check(OssRequest request, IdentityStep.Requester claimant) throws OssRefusal {
        switch (claimant) {
            case IdentityStep.Requester.Anyone anyone -> {}
            case IdentityStep.Requester.Holder holder -> {
                switch (check(request, holder)) {
                    case SignatureCheck.Matches matches -> {}
                    case SignatureCheck.Mismatch mismatch -> throw mismatch(holder.credentials(), mismatch.form());
                }
            }
        }
    }

    private SignatureCheck check(OssRequest request, IdentityStep.Requester.Holder holder) {
        return switch (holder.credentials()) {
            case Credentials.OverRequest signed -> verifier.check(signed.presented(), request, holder.secret());
            case Credentials.OverForm signed -> check(signed.form(), holder.secret());
        };
    }

    private SignatureCheck check(PostUpload.SignedForm form, Secret secret) {
        return form.v4().isPresent()
                ? PostSignature.checkV4(
                        form.policyText(), form.v4().get().scope(), form.signature(), secret, signingKeys)
                : PostSignature.checkV1(form.policyText(), form.signature(), secret);
    }

    private static OssRefusal mismatch(Credentials.Signed signed, CanonicalForm form) {
        CanonicalForm shown = Explanation.printable(signed, form);
        String stringToSign = shown.stringToSign();
        Map<String, String> details = new LinkedHashMap<>();
        details.put("OSSAccessKeyId", signed.accessKeyId());
        details.put("SignatureProvided", signed.signature());
        details.put("StringToSign", stringToSign);
        details.put("StringToSignBytes", BYTES.formatHex(stringToSign.getBytes(StandardCharsets.UTF_8)));
        shown.canonicalRequest().ifPresent(text -> details.put("CanonicalRequest", text));
        OssError error =
                switch (signed) {
                    case Credentials.OverRequest request -> OssError.SIGNATURE_DOES_NOT_MATCH;
                    case Credentials.OverForm posted -> OssError.FORM_SIGNATURE_DOES_NOT_MATCH;
                };
        return new OssRefusal(error, error.message(), details);
    }
}
