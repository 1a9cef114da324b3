package io.countersign.verify;

import io.countersign.oss.OssError;
import io.countersign.oss.OssRefusal;
import io.countersign.signing.AccessKey;
import io.countersign.signing.CredentialScope;
import io.countersign.signing.ForeignSignature;
import io.countersign.signing.SecurityToken;
import io.countersign.signing.base.SigningTime;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Reads the signature of a form: all of its fields or none, and never those of two versions. */
final class PostFormReader {
    private static final String V4_VERSION = "OSS4-HMAC-SHA256";

    /** Parts of signatures of requests, which a form's signature does not have. */
    private static final List<String> OF_REQUESTS =
            List.of("security-token", "x-oss-access-key-id", "x-oss-additional-headers", "x-oss-expires");

    private PostFormReader() {}

    /** @throws OssRefusal InvalidArgument when fields are missing or contradict, InvalidPolicyDocument for the policy */
    static Credentials read(FormFields fields) throws OssRefusal {
        refuseOthers(fields);
        boolean v1 = fields.hasAny("OSSAccessKeyId", "Signature");
        boolean v4 = fields.hasAny("x-oss-signature-version", "x-oss-credential", "x-oss-signature", "x-oss-date");
        if (v1 && v4) {
            throw new OssRefusal(
                    OssError.TWO_SIGNATURES, "The form has the fields of V1 and of V4; sign it with one of them.");
        }
        if (v4) {
            return new Credentials.OverForm(v4(fields));
        }
        if (v1 || fields.hasAny("policy", "x-oss-security-token")) {
            return new Credentials.OverForm(v1(fields));
        }
        return new Credentials.None();
    }

    /** A signature that nobody looks at is no reason to take a form for an anonymous one. */
    private static void refuseOthers(FormFields fields) throws OssRefusal {
        for (String name : fields.names()) {
            ForeignSignature.refuseField(name);
        }
        for (String name : OF_REQUESTS) {
            if (fields.hasAny(name)) {
                throw new OssRefusal(
                        OssError.INVALID_ARGUMENT,
                        "The field " + name + " belongs to the signature of a request, not to a form's; leave it out.");
            }
        }
    }

    private static SignedForm v1(FormFields fields) throws OssRefusal {
        String policy = fields.required("policy", OssError.FORM_WITHOUT_POLICY);
        return new SignedForm(
                accessKeyId(fields.required("OSSAccessKeyId", OssError.FORM_WITHOUT_ACCESS_KEY_ID)),
                signature(fields, "Signature"),
                token(fields),
                policy,
                PostPolicy.parse(policy),
                Optional.empty());
    }

    private static SignedForm v4(FormFields fields) throws OssRefusal {
        if (!fields.required("x-oss-signature-version", OssError.FORM_VERSION).equals(V4_VERSION)) {
            throw new OssRefusal(OssError.FORM_VERSION, "x-oss-signature-version must be " + V4_VERSION + ".");
        }
        CredentialScope scope = scope(fields.required("x-oss-credential", OssError.FORM_CREDENTIAL));
        Instant date = SigningTime.parseIso(fields.required("x-oss-date"))
                .orElseThrow(() -> new OssRefusal(OssError.INVALID_DATE));
        String policy = fields.required("policy", OssError.FORM_WITHOUT_POLICY);
        return new SignedForm(
                scope.accessKeyId(),
                signature(fields, "x-oss-signature"),
                token(fields),
                policy,
                PostPolicy.parse(policy),
                Optional.of(new SignedForm.V4(scope, date)));
    }

    private static CredentialScope scope(String credential) throws OssRefusal {
        try {
            return CredentialScope.parse(credential);
        } catch (OssRefusal refusal) {
            throw new OssRefusal(OssError.FORM_CREDENTIAL, refusal.text());
        }
    }

    private static String signature(FormFields fields, String name) throws OssRefusal {
        String signature = fields.required(name, OssError.FORM_WITHOUT_SIGNATURE);
        if (signature.isEmpty()) {
            throw new OssRefusal(OssError.FORM_SIGNATURE_EMPTY);
        }
        return signature;
    }

    private static String accessKeyId(String id) throws OssRefusal {
        if (id.isEmpty() || id.length() > AccessKey.MAX_ID_LENGTH) {
            throw new OssRefusal(OssError.INVALID_ACCESS_KEY_ID);
        }
        return id;
    }

    private static Optional<SecurityToken> token(FormFields fields) throws OssRefusal {
        Optional<String> text = fields.value("x-oss-security-token");
        if (text.isPresent() && !SecurityToken.isPossible(text.get())) {
            throw new OssRefusal(OssError.INVALID_SECURITY_TOKEN);
        }
        return text.map(SecurityToken::of);
    }
}
