package io.countersign.verify.decide;

import io.countersign.oss.Address;
import io.countersign.oss.Body;
import io.countersign.oss.BucketName;
import io.countersign.oss.Headers;
import io.countersign.oss.Operation;
import io.countersign.oss.Operations;
import io.countersign.oss.OssError;
import io.countersign.oss.OssRefusal;
import io.countersign.oss.OssRequest;
import io.countersign.oss.QueryParameters;
import io.countersign.oss.Right;
import io.countersign.oss.Target;
import io.countersign.signing.AccessKey;
import io.countersign.signing.CredentialScope;
import io.countersign.signing.RequestCredentials;
import io.countersign.signing.SecurityToken;
import io.countersign.signing.base.SigningTime;
import io.countersign.signing.request.CredentialsParser;
import io.countersign.signing.request.ForeignSignature;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Parses a POST upload as the PutObject that its form describes: the key, the ACL and the tags are fields, and signatures in the header or the URL
 * are ignored (docs/protocol.md 4).
 */
final class PostUpload {
    /** Fields with the meaning of a PutObject's headers of the same names. */
    private static final List<String> HEADERS = List.of("x-oss-object-acl", "x-oss-tagging");
    /** The largest file of a form, in bytes. */
    private static final long MAX_FILE = 5L * 1024 * 1024 * 1024;

    private static final String FILE_NAME = "${filename}";

    private PostUpload() {}

    /** @throws OssRefusal when a field of the form is duplicated, the key is missing, or the signature is incomplete */
    static ParsedRequest parse(OssRequest oss, SubmittedForm form) throws OssRefusal {
        PostPolicyCheck.FormContentType.check(oss.headers());
        SubmittedForm.FormFields fields = SubmittedForm.FormFields.of(form);
        String bucket = oss.target().bucketName().orElseThrow(() -> new OssRefusal(OssError.METHOD_NOT_ALLOWED));
        OssRequest upload = new OssRequest(
                oss.method(),
                addressed(oss.address(), Target.object(bucket, key(fields))),
                QueryParameters.NONE,
                headers(oss, fields));
        if (form.fileLength().orElse(0) > MAX_FILE) {
            throw new OssRefusal(OssError.ENTITY_TOO_LARGE);
        }
        List<Right> rights = Operations.rights(Operation.PUT_OBJECT, upload, Body.UNKNOWN);
        return new ParsedRequest(
                upload,
                credentials(oss, fields),
                Optional.of(Operation.POST_OBJECT),
                rights,
                Obligations.of(Operation.PUT_OBJECT, upload, List.of(), rights),
                Optional.of(new PostPolicyCheck(fields, bucket, form.fileLength())));
    }

    /** OSS ignores signatures outside of the form. Refuse them where the form has none: the sender would count as anonymous. */
    private static Credentials credentials(OssRequest oss, SubmittedForm.FormFields fields) throws OssRefusal {
        Credentials credentials = PostFormReader.read(fields);
        if (credentials instanceof Credentials.None
                && !(CredentialsParser.parse(oss) instanceof RequestCredentials.Anonymous)) {
            throw new OssRefusal(
                    OssError.INVALID_ARGUMENT,
                    "A POST upload is signed in its form, but this one is signed only in its header or URL; sign the form's policy.");
        }
        return credentials;
    }

    private static String key(SubmittedForm.FormFields fields) throws OssRefusal {
        String key = BucketName.ObjectName.checked(fields.required("key"));
        if (key.contains(FILE_NAME)) {
            throw new OssRefusal(
                    OssError.INVALID_ARGUMENT,
                    "The key has " + FILE_NAME + " in it; put the file's name there before asking.");
        }
        return key;
    }

    private static Address addressed(Address address, Target target) {
        return address.with(target);
    }

    private static Headers headers(OssRequest oss, SubmittedForm.FormFields fields) {
        Headers headers = Headers.NONE;
        Optional<String> agent = oss.headers().first("user-agent");
        if (agent.isPresent()) {
            headers = headers.and("user-agent", agent.get());
        }
        for (String name : HEADERS) {
            Optional<String> value = fields.value(name);
            if (value.isPresent()) {
                headers = headers.and(name, value.get());
            }
        }
        return headers;
    }

    /** Reads the signature of a form: either all of its fields or none, and never those of two versions. */
    static final class PostFormReader {
        private static final String V4_VERSION = "OSS4-HMAC-SHA256";

        /** Fields of request signatures, which a form's signature does not have. */
        private static final List<String> OF_REQUESTS =
                List.of("security-token", "x-oss-access-key-id", "x-oss-additional-headers", "x-oss-expires");

        private PostFormReader() {}

        /** @throws OssRefusal InvalidArgument when fields are missing or contradictory, InvalidPolicyDocument for the policy */
        static Credentials read(SubmittedForm.FormFields fields) throws OssRefusal {
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

        /** Refuses fields of other signatures: a form that has them is not anonymous. */
        private static void refuseOthers(SubmittedForm.FormFields fields) throws OssRefusal {
            for (String name : fields.names()) {
                ForeignSignature.refuseField(name);
            }
            for (String name : OF_REQUESTS) {
                if (fields.hasAny(name)) {
                    throw new OssRefusal(
                            OssError.INVALID_ARGUMENT,
                            "The field " + name
                                    + " belongs to the signature of a request, not to a form's; leave it out.");
                }
            }
        }

        private static SignedForm v1(SubmittedForm.FormFields fields) throws OssRefusal {
            String policy = fields.required("policy", OssError.FORM_WITHOUT_POLICY);
            return new SignedForm(
                    accessKeyId(fields.required("OSSAccessKeyId", OssError.FORM_WITHOUT_ACCESS_KEY_ID)),
                    signature(fields, "Signature"),
                    token(fields),
                    policy,
                    PostPolicy.parse(policy),
                    Optional.empty());
        }

        private static SignedForm v4(SubmittedForm.FormFields fields) throws OssRefusal {
            if (!fields.required("x-oss-signature-version", OssError.FORM_VERSION)
                    .equals(V4_VERSION)) {
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

        private static String signature(SubmittedForm.FormFields fields, String name) throws OssRefusal {
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

        private static Optional<SecurityToken> token(SubmittedForm.FormFields fields) throws OssRefusal {
            Optional<String> text = fields.value("x-oss-security-token");
            if (text.isPresent() && !SecurityToken.isPossible(text.get())) {
                throw new OssRefusal(OssError.INVALID_SECURITY_TOKEN);
            }
            return text.map(SecurityToken::of);
        }
    }

    /**
     * The signature of a POST upload's form (docs/protocol.md 4), parsed and not yet checked.
     *
     * @param policyText the signed Base64 text, byte for byte
     * @param policy the same text, parsed
     * @param v4 empty for V1
     */
    record SignedForm(
            String accessKeyId,
            String signature,
            Optional<SecurityToken> securityToken,
            String policyText,
            PostPolicy policy,
            Optional<V4> v4) {
        /**
         * The additional fields of a V4 form.
         *
         * @param date the value of {@code x-oss-date}
         */
        record V4(CredentialScope scope, Instant date) {}
    }
}
