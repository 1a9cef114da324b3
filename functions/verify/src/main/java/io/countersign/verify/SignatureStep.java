package io.countersign.verify;

import io.countersign.oss.OssError;
import io.countersign.oss.OssRefusal;
import io.countersign.oss.OssRequest;
import io.countersign.signing.CanonicalForm;
import io.countersign.signing.SignatureCheck;
import io.countersign.signing.SignatureVerifier;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/** Whether the claimant holds the secret. A signature that does not match is an error even where an anonymous request would pass. */
record SignatureStep(SignatureVerifier verifier) {
    private static final HexFormat BYTES = HexFormat.ofDelimiter(" ").withUpperCase();

    /** @throws OssRefusal SignatureDoesNotMatch, with what was to be signed but never with the signature that was expected */
    void check(OssRequest request, Claimant claimant) throws OssRefusal {
        switch (claimant) {
            case Claimant.Anyone anyone -> {}
            case Claimant.Holder holder -> {
                switch (verifier.check(holder.signed(), request, holder.secret())) {
                    case SignatureCheck.Matches matches -> {}
                    case SignatureCheck.Mismatch mismatch -> throw mismatch(holder, mismatch.form());
                }
            }
        }
    }

    private static OssRefusal mismatch(Claimant.Holder holder, CanonicalForm form) {
        Map<String, String> details = new LinkedHashMap<>();
        details.put("OSSAccessKeyId", holder.signed().accessKeyId());
        details.put("SignatureProvided", holder.signed().signature());
        details.put("StringToSign", form.stringToSign());
        details.put("StringToSignBytes", BYTES.formatHex(form.stringToSign().getBytes(StandardCharsets.UTF_8)));
        form.canonicalRequest().ifPresent(text -> details.put("CanonicalRequest", text));
        OssError error = OssError.SIGNATURE_DOES_NOT_MATCH;
        return new OssRefusal(error, error.message(), details);
    }
}
