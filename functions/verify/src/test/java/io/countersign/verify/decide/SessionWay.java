package io.countersign.verify.decide;

import io.countersign.oss.HttpMethod;
import io.countersign.signing.AccessKey;
import io.countersign.signing.CredentialScope;
import io.countersign.signing.SecurityToken;
import io.countersign.signing.SignatureVersion;
import io.countersign.signing.SigningKeys;
import io.countersign.signing.post.PostSignature;
import io.countersign.verify.decide.SubmittedForm.Field;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Every way of sending an upload with a session's key and its token. */
public enum SessionWay {
    V1_HEADER,
    V1_URL,
    /** In a header that V1 does not sign, as some clients send it (docs/protocol.md 3). */
    V1_UNSIGNED_HEADER,
    V1_POST,
    V2_HEADER,
    V2_URL,
    V4_HEADER,
    V4_URL,
    V4_POST;

    private static final String EXPIRATION = "2026-11-22T04:00:00.000Z";

    public VerifyRequest put(String bucket, String key, AccessKey signer, Optional<SecurityToken> token) {
        ClientRequest asked = ClientRequest.put(bucket, key);
        ClientRequest withToken =
                token.map(SecurityToken::reveal).map(asked::token).orElse(asked);
        return switch (this) {
            case V1_HEADER -> withToken.signed(SignatureVersion.V1, signer);
            case V2_HEADER -> withToken.signed(SignatureVersion.V2, signer);
            case V4_HEADER -> withToken.signed(SignatureVersion.V4, signer);
            case V1_URL -> withToken.presigned(SignatureVersion.V1, signer, Duration.ofMinutes(5));
            case V2_URL -> withToken.presigned(SignatureVersion.V2, signer, Duration.ofMinutes(5));
            case V4_URL -> withToken.presigned(SignatureVersion.V4, signer, Duration.ofMinutes(5));
            case V1_UNSIGNED_HEADER -> unsigned(asked.signed(SignatureVersion.V1, signer), token);
            case V1_POST -> post(bucket, key, token, v1Fields(signer));
            case V4_POST -> post(bucket, key, token, v4Fields(signer));
        };
    }

    private static VerifyRequest unsigned(VerifyRequest request, Optional<SecurityToken> token) {
        return token.isEmpty()
                ? request
                : VerifyRequests.headers(
                        request,
                        request.headers().and("security-token", token.get().reveal()));
    }

    private static VerifyRequest post(String bucket, String key, Optional<SecurityToken> token, List<Field> signature) {
        List<Field> fields = new ArrayList<>(signature);
        fields.add(new Field("key", key));
        token.ifPresent(text -> fields.add(new Field("x-oss-security-token", text.reveal())));
        VerifyRequest request = ClientRequest.of(HttpMethod.POST, bucket, "")
                .header("Content-Type", "multipart/form-data; boundary=x")
                .anonymous();
        return VerifyRequests.posting(request, new SubmittedForm(fields, OptionalLong.of(10)));
    }

    private static List<Field> v1Fields(AccessKey signer) {
        return List.of(
                new Field("OSSAccessKeyId", signer.id()),
                new Field("policy", policy()),
                new Field("Signature", PostSignature.v1(policy(), signer.secret())));
    }

    private static List<Field> v4Fields(AccessKey signer) {
        CredentialScope scope = new CredentialScope(signer.id(), "20261122", "cn-hangzhou", CredentialScope.OSS);
        return List.of(
                new Field("x-oss-signature-version", "OSS4-HMAC-SHA256"),
                new Field("x-oss-credential", scope.credential()),
                new Field("x-oss-date", "20261122T025900Z"),
                new Field("policy", policy()),
                new Field("x-oss-signature", PostSignature.v4(policy(), scope, signer.secret(), new SigningKeys(1))));
    }

    private static String policy() {
        String json = "{\"expiration\":\"" + EXPIRATION + "\",\"conditions\":[[\"starts-with\",\"$key\",\"\"]]}";
        return Base64.getEncoder().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }
}
