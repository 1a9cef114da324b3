package io.countersign.gateway.forms;

import static io.countersign.identity.TestRegistry.policy;

import io.countersign.http.Bytes;
import io.countersign.http.Call;
import io.countersign.http.Header;
import io.countersign.http.Reply;
import io.countersign.identity.BearerAuthenticator;
import io.countersign.identity.TestKeys;
import io.countersign.identity.TestRegistry;
import io.countersign.identity.TestToken;
import io.countersign.identity.limits.SubjectLimits;
import io.countersign.json.InvalidDocumentException;
import io.countersign.json.JsonText;
import io.countersign.json.Members;
import io.countersign.json.Value;
import io.countersign.json.Values;
import io.countersign.oss.BaseDomains;
import io.countersign.presign.PostPolicyFunction;
import io.countersign.presign.PostPolicySettings;
import io.countersign.registry.KeyRegistry;
import io.countersign.registry.KeyStatus;
import io.countersign.registry.store.MemoryStore;
import io.countersign.signing.SigningKeys;
import io.countersign.testkit.Seeds;
import io.countersign.verify.VerifyFunction;
import io.countersign.verify.VerifySettings;
import io.countersign.verify.decide.SessionOpener;
import io.countersign.verify.decide.UrlUses;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Both faces over one registry: a bucket whose signer may do anything there, and a role that may write below a folder of the user's own. */
final class Forms {
    static final String KEY_ID = "LTAI5tSigner";
    static final String SECRET = "signer-secret";

    private static final String TOKEN = TestToken.good("ES256", "ec").signed(TestKeys.EC, "ES256");

    private final PostPolicyFunction postPolicy;
    private final VerifyFunction verify;

    Forms() {
        TestRegistry registry = TestRegistry.with(
                        policy("Allow", "oss:PutObject", "acs:oss:*:*:examplebucket/users/${jwt:sub}/*"))
                .bucket("examplebucket")
                .bucket("secondbucket")
                .signer(KEY_ID, SECRET, KeyStatus.ACTIVE, policy("Allow", "oss:*", "*"));
        KeyRegistry keys = registry.registry();
        SigningKeys signingKeys = new SigningKeys(64);
        postPolicy = new PostPolicyFunction(
                new BearerAuthenticator(keys),
                keys,
                new SubjectLimits(Seeds.secure()),
                signingKeys,
                new PostPolicySettings(Duration.ofDays(7)));
        verify = new VerifyFunction(
                keys,
                new UrlUses(new MemoryStore()),
                SessionOpener.NONE,
                signingKeys,
                new VerifySettings(true, BaseDomains.DEFAULT));
    }

    /**
     * A form as its answer gives it.
     *
     * @param fields in their order
     */
    record Form(String url, Map<String, String> fields, Instant expiration) {
        Form with(String field, String value) {
            Map<String, String> others = new LinkedHashMap<>(fields);
            others.put(field, value);
            return new Form(url, others, expiration);
        }

        Form without(String field) {
            Map<String, String> others = new LinkedHashMap<>(fields);
            others.remove(field);
            return new Form(url, others, expiration);
        }

        String field(String name) {
            return Optional.ofNullable(fields.get(name)).orElseThrow(() -> new AssertionError("no field " + name));
        }
    }

    Form made(String body) throws InvalidDocumentException {
        Reply reply = postPolicy.handle(
                call("/post-policy", body, new Header("Authorization", "Bearer " + TOKEN)), TestToken.NOW);
        if (reply.status() != 200) {
            throw new AssertionError(reply.body().utf8());
        }
        Members answer = Members.of(Values.parse(reply.body().toArray()));
        Map<String, String> fields = new LinkedHashMap<>();
        for (var field :
                ((Value.ObjectValue) answer.required("fields")).members().entrySet()) {
            fields.put(field.getKey(), Members.string(field.getValue()));
        }
        return new Form(answer.string("url"), fields, Instant.parse(answer.string("expiration")));
    }

    /** The answer of {@code /verify} to the form with a file of that length at that moment: the error's code and EC, or {@code allowed}. */
    String verdict(Form form, long length, Instant at) throws InvalidDocumentException {
        String question = JsonText.object(json -> json.put("method", "POST")
                .put("url", form.url())
                .put("at", at.toString())
                .object("headers", headers -> headers.put("content-type", "multipart/form-data; boundary=x"))
                .object(
                        "form",
                        sent -> sent.array(
                                        "fields",
                                        fields -> form.fields()
                                                .forEach((name, value) -> fields.array(pair -> {
                                                    pair.add(name);
                                                    pair.add(value);
                                                })))
                                .put("fileLength", length)));
        Reply reply = verify.handle(call("/verify", question), TestToken.NOW);
        Members answer = Members.of(Values.parse(reply.body().toArray()));
        if (answer.optionalBoolean("allowed")
                .orElseThrow(() -> new AssertionError(reply.body().utf8()))) {
            return "allowed";
        }
        Members error = Members.of(answer.required("error"));
        return error.string("code") + " " + error.optionalString("ec").orElse("");
    }

    private static Call call(String path, String body, Header... more) {
        List<Header> headers = new java.util.ArrayList<>(List.of(more));
        headers.add(new Header("Content-Type", "application/json"));
        return new Call("POST", path, Optional.empty(), headers, Bytes.utf8(body), "203.0.113.7", true);
    }
}
