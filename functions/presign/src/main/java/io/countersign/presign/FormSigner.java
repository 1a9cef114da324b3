package io.countersign.presign;

import io.countersign.identity.delegation.SigningAuthority;
import io.countersign.identity.delegation.SigningRefusal;
import io.countersign.identity.delegation.SigningTable;
import io.countersign.json.JsonText;
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
import java.util.SequencedMap;

/** Makes a form of a request that is permitted. */
final class FormSigner {
    private static final String V4 = "OSS4-HMAC-SHA256";

    private final SigningKeys signingKeys;

    FormSigner(SigningKeys signingKeys) {
        this.signingKeys = signingKeys;
    }

    /**
     * @param bindsAcl whether the form must leave the object's ACL alone
     * @throws SigningRefusal NoSigner when the bucket's endpoint makes no URL
     */
    UploadForm sign(PostPolicyRequest wanted, SigningAuthority.SigningGrant permit, boolean bindsAcl, Instant now)
            throws SigningRefusal {
        String url = ObjectUrl.of(permit.bucket(), "").orElseThrow(FormSigner::noUrl);
        Instant moment = now.truncatedTo(ChronoUnit.SECONDS);
        Instant expiration = moment.plus(wanted.expiresIn());
        SequencedMap<String, String> fixed = new LinkedHashMap<>();
        wanted.successActionStatus().ifPresent(status -> fixed.put("success_action_status", status));
        if (bindsAcl) {
            fixed.put("x-oss-object-acl", "default");
        }
        SequencedMap<String, String> fields = new LinkedHashMap<>();
        fields.put("key", key(wanted.place()));
        wanted.contentTypes().stream().findFirst().ifPresent(type -> fields.put(UploadForm.CONTENT_TYPE, type));
        if (wanted.version() == SignatureVersion.V1) {
            signV1(wanted, permit.signer(), fixed, fields, expiration);
        } else {
            CredentialScope scope = scope(permit, moment);
            fixed.put("x-oss-signature-version", V4);
            fixed.put("x-oss-credential", scope.credential());
            fixed.put("x-oss-date", SigningTime.iso(moment));
            signV4(wanted, permit.signer(), scope, fixed, fields, expiration);
        }
        return new UploadForm(url, fields, expiration);
    }

    private static void signV1(
            PostPolicyRequest wanted,
            AccessKey signer,
            SequencedMap<String, String> fixed,
            SequencedMap<String, String> fields,
            Instant expiration) {
        String policy = PolicyText.base64(wanted, fixed, expiration);
        fields.putAll(fixed);
        fields.put("OSSAccessKeyId", signer.id());
        fields.put("policy", policy);
        fields.put("Signature", PostSignature.v1(policy, signer.secret()));
    }

    private void signV4(
            PostPolicyRequest wanted,
            AccessKey signer,
            CredentialScope scope,
            SequencedMap<String, String> fixed,
            SequencedMap<String, String> fields,
            Instant expiration) {
        String policy = PolicyText.base64(wanted, fixed, expiration);
        fields.putAll(fixed);
        fields.put("policy", policy);
        fields.put("x-oss-signature", PostSignature.v4(policy, scope, signer.secret(), signingKeys));
    }

    private static CredentialScope scope(SigningAuthority.SigningGrant permit, Instant moment) {
        return new CredentialScope(
                permit.signer().id(),
                SigningTime.iso(moment).substring(0, 8),
                permit.bucket().region(),
                CredentialScope.OSS);
    }

    /** Below a prefix OSS puts the name of the uploaded file where the variable stands. */
    private static String key(SigningTable.UploadPlace place) {
        return switch (place) {
            case SigningTable.UploadPlace.Key key -> key.key();
            case SigningTable.UploadPlace.Below below -> below.prefix() + "${filename}";
        };
    }

    private static SigningRefusal noUrl() {
        return new SigningRefusal(
                SigningRefusal.Code.NO_SIGNER,
                "The bucket's endpoint is not an http or https URL of a host, with /{bucket} behind it at most where the host has no bucket; correct it in the registry.");
    }

    /**
     * A form that is ready to be posted.
     *
     * @param url where to
     * @param fields by name, in the order of the form; the file comes after them
     */
    record UploadForm(String url, SequencedMap<String, String> fields, Instant expiration) {
        static final String CONTENT_TYPE = "content-type";

        UploadForm {
            fields = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(fields));
        }

        void write(JsonText.JsonObjectWriter json) {
            json.put("url", url)
                    .object("fields", members -> fields.forEach(members::put))
                    .put("expiration", expiration.toString());
        }
    }
}
