package io.countersign.verify;

import io.countersign.oss.OssError;
import io.countersign.oss.OssRefusal;
import io.countersign.signing.AccessKey;
import io.countersign.signing.CredentialScope;
import io.countersign.signing.SecurityToken;
import io.countersign.signing.base.SigningTime;
import java.time.Instant;
import java.util.Optional;

/** Reads the signature of a form: all of its fields or none, and never those of two versions. */
final class PostFormReader {
    private static final String V4_VERSION = "OSS4-HMAC-SHA256";

    private PostFormReader() {}

    /** @throws OssRefusal InvalidArgument when fields are missing or contradict, InvalidPolicyDocument for the policy */
    static Credentials read(FormFields fields) throws OssRefusal {
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

    private static SignedForm v1(FormFields fields) throws OssRefusal {
        String policy = fields.required("policy");
        return new SignedForm(
                accessKeyId(fields.required("OSSAccessKeyId")),
                fields.required("Signature"),
                token(fields),
                policy,
                PostPolicy.parse(policy),
                Optional.empty());
    }

    private static SignedForm v4(FormFields fields) throws OssRefusal {
        if (!fields.required("x-oss-signature-version").equals(V4_VERSION)) {
            throw new OssRefusal(OssError.INVALID_ARGUMENT, "x-oss-signature-version must be " + V4_VERSION + ".");
        }
        CredentialScope scope = CredentialScope.parse(fields.required("x-oss-credential"));
        Instant date = SigningTime.parseIso(fields.required("x-oss-date"))
                .orElseThrow(() -> new OssRefusal(OssError.INVALID_DATE));
        String policy = fields.required("policy");
        return new SignedForm(
                scope.accessKeyId(),
                fields.required("x-oss-signature"),
                token(fields),
                policy,
                PostPolicy.parse(policy),
                Optional.of(new SignedForm.V4(scope, date)));
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
