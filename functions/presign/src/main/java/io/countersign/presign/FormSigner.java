package io.countersign.presign;

import io.countersign.identity.delegation.SigningAuthority;
import io.countersign.identity.delegation.SigningRefusal;
import io.countersign.identity.delegation.SigningTable;
import io.countersign.json.JsonText;
import io.countersign.registry.Bucket;
import io.countersign.signing.AccessKey;
import io.countersign.signing.CredentialScope;
import io.countersign.signing.SignatureVersion;
import io.countersign.signing.SigningKeys;
import io.countersign.signing.base.SigningTime;
import io.countersign.signing.post.PostSignature;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/** Builds and signs the upload form of a permitted request. */
public final class FormSigner {
    private static final String V4 = "OSS4-HMAC-SHA256";

    private final SigningKeys signingKeys;

    public FormSigner(SigningKeys signingKeys) {
        this.signingKeys = signingKeys;
    }

    /**
     * Builds the form.
     *
     * @param bindsAcl whether the policy must bind the object's ACL to {@code default}
     * @throws SigningRefusal NoSigner when no URL can be built from the bucket's endpoint
     */
    public UploadForm sign(
            PostPolicyRequest request, SigningAuthority.SigningGrant grant, boolean bindsAcl, Instant now)
            throws SigningRefusal {
        String url = url(grant.bucket());
        Instant moment = now.truncatedTo(ChronoUnit.SECONDS);
        Instant expiration = moment.plus(request.expiresIn());
        SequencedMap<String, String> fixed = new LinkedHashMap<>(request.fixed());
        request.successActionStatus().ifPresent(status -> fixed.put("success_action_status", status));
        if (bindsAcl) {
            fixed.put("x-oss-object-acl", "default");
        }
        SequencedMap<String, String> fields = new LinkedHashMap<>();
        fields.put("key", key(request.place()));
        request.contentTypes().stream()
                .findFirst()
                .ifPresent(type -> UploadForm.TYPES.forEach(field -> fields.put(field, type)));
        if (request.version() == SignatureVersion.V1) {
            signV1(request, grant.signer(), fixed, fields, expiration);
        } else {
            CredentialScope scope = scope(grant, moment);
            fixed.put("x-oss-signature-version", V4);
            fixed.put("x-oss-credential", scope.credential());
            fixed.put("x-oss-date", SigningTime.iso(moment));
            signV4(request, grant.signer(), scope, fixed, fields, expiration);
        }
        return new UploadForm(url, fields, expiration);
    }

    /** @throws SigningRefusal NoSigner when no URL can be built from the bucket's endpoint, so that {@link #sign} cannot succeed */
    static void requireUrl(Bucket bucket) throws SigningRefusal {
        url(bucket);
    }

    private static String url(Bucket bucket) throws SigningRefusal {
        return ObjectUrl.of(bucket, "").orElseThrow(FormSigner::noUrl);
    }

    private static void signV1(
            PostPolicyRequest request,
            AccessKey signer,
            SequencedMap<String, String> fixed,
            SequencedMap<String, String> fields,
            Instant expiration) {
        String policy = PolicyText.base64(request, fixed, expiration);
        fields.putAll(fixed);
        fields.put("OSSAccessKeyId", signer.id());
        fields.put("policy", policy);
        fields.put("Signature", PostSignature.v1(policy, signer.secret()));
    }

    private void signV4(
            PostPolicyRequest request,
            AccessKey signer,
            CredentialScope scope,
            SequencedMap<String, String> fixed,
            SequencedMap<String, String> fields,
            Instant expiration) {
        String policy = PolicyText.base64(request, fixed, expiration);
        fields.putAll(fixed);
        fields.put("policy", policy);
        fields.put("x-oss-signature", PostSignature.v4(policy, scope, signer.secret(), signingKeys));
    }

    private static CredentialScope scope(SigningAuthority.SigningGrant grant, Instant moment) {
        return new CredentialScope(
                grant.signer().id(),
                SigningTime.iso(moment).substring(0, 8),
                grant.bucket().region(),
                CredentialScope.OSS);
    }

    /** Returns the form's key. Below a prefix, OSS replaces the variable by the uploaded file's name. */
    private static String key(SigningTable.UploadPlace place) {
        return switch (place) {
            case SigningTable.UploadPlace.Key key -> key.key();
            case SigningTable.UploadPlace.Below below -> below.prefix() + "${filename}";
        };
    }

    private static SigningRefusal noUrl() {
        return new SigningRefusal(
                SigningRefusal.Code.NO_SIGNER,
                "The bucket's endpoint is not an http or https URL of a host, followed by at most /{bucket} when the host does not contain the bucket; correct it in the registry.");
    }

    /**
     * A signed form.
     *
     * @param url the URL to post it to
     * @param fields by name, in the order of the form; the file follows them
     */
    public record UploadForm(String url, SequencedMap<String, String> fields, Instant expiration) {
        /**
         * The fields that say the type. OSS stores {@code x-oss-content-type}, before the type of the file's part and that before {@code content-type} (help.aliyun.com, "PostObject"):
         * a form that has only the last lets its holder choose any type.
         */
        static final List<String> TYPES = List.of("content-type", "x-oss-content-type");

        public UploadForm {
            fields = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(fields));
        }

        void write(JsonText.ObjectWriter json) {
            json.put("url", url)
                    .object("fields", members -> fields.forEach(members::put))
                    .put("expiration", expiration.toString());
        }
    }
}
