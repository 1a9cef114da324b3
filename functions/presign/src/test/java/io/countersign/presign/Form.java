package io.countersign.presign;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.http.Bytes;
import io.countersign.http.Call;
import io.countersign.http.Header;
import io.countersign.http.Reply;
import io.countersign.identity.BearerAuthenticator;
import io.countersign.identity.TestRegistry;
import io.countersign.identity.TestToken;
import io.countersign.identity.limits.SubjectLimits;
import io.countersign.json.InvalidDocumentException;
import io.countersign.json.JsonText;
import io.countersign.json.Members;
import io.countersign.json.Value;
import io.countersign.json.Values;
import io.countersign.oss.OssRefusal;
import io.countersign.registry.KeyRegistry;
import io.countersign.signing.CredentialScope;
import io.countersign.signing.Secret;
import io.countersign.signing.SignatureCheck;
import io.countersign.signing.SigningKeys;
import io.countersign.signing.post.PostSignature;
import io.countersign.testkit.Seeds;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An answer of {@code POST /post-policy}, read as a browser's page would, with its signature checked. */
record Form(String url, Map<String, String> fields, String expiration) {
    static PostPolicyFunction function(TestRegistry registry, PostPolicySettings settings) {
        KeyRegistry keys = registry.registry();
        return new PostPolicyFunction(
                new BearerAuthenticator(keys), keys, new SubjectLimits(Seeds.secure()), new SigningKeys(16), settings);
    }

    static Call call(String token, byte[] body) {
        List<Header> headers =
                List.of(new Header("Authorization", "Bearer " + token), new Header("Content-Type", "application/json"));
        return new Call("POST", "/post-policy", Optional.empty(), headers, Bytes.of(body), "203.0.113.7", true);
    }

    static Reply reply(TestRegistry registry, String body) {
        return function(registry, PostPolicySettings.DEFAULT)
                .handle(
                        call(PresignCalls.TOKEN, body.getBytes(java.nio.charset.StandardCharsets.UTF_8)),
                        TestToken.NOW);
    }

    static Form made(TestRegistry registry, String body) {
        Reply reply = reply(registry, body);
        assertThat(reply.status()).as(reply.body().utf8()).isEqualTo(200);
        return of(reply);
    }

    static Form of(Reply reply) {
        Value answer = PresignCalls.json(reply);
        Map<String, String> fields = new LinkedHashMap<>();
        ((Value.ObjectValue) ((Value.ObjectValue) answer).members().get("fields"))
                .members()
                .forEach((name, value) -> fields.put(name, ((Value.StringValue) value).text()));
        return new Form(PresignCalls.text(answer, "url"), fields, PresignCalls.text(answer, "expiration"));
    }

    String field(String name) {
        assertThat(fields).containsKey(name);
        return fields.get(name);
    }

    /** The policy's text. */
    String policy() {
        return new String(Base64.getDecoder().decode(field("policy")), java.nio.charset.StandardCharsets.UTF_8);
    }

    /** Each condition's own text. */
    List<String> conditions() {
        try {
            Members policy = Members.of(Values.parse(policy()));
            List<String> texts = new ArrayList<>();
            for (Value condition : Members.array(policy.required("conditions"))) {
                texts.add(JsonText.of(condition));
            }
            return texts;
        } catch (InvalidDocumentException e) {
            throw new AssertionError(e);
        }
    }

    boolean isSignedBy(String secret) throws OssRefusal {
        String policy = field("policy");
        SignatureCheck check = fields.containsKey("Signature")
                ? PostSignature.checkV1(policy, field("Signature"), Secret.of(secret))
                : PostSignature.checkV4(
                        policy,
                        CredentialScope.parse(field("x-oss-credential")),
                        field("x-oss-signature"),
                        Secret.of(secret),
                        new SigningKeys(1));
        return check instanceof SignatureCheck.Matches;
    }
}
