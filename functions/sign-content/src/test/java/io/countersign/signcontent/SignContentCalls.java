package io.countersign.signcontent;

import static io.countersign.identity.TestToken.NOW;
import static org.assertj.core.api.Assertions.assertThat;

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
import io.countersign.json.Members;
import io.countersign.json.Values;
import io.countersign.registry.KeyRegistry;
import io.countersign.registry.KeyStatus;
import io.countersign.signing.SigningKeys;
import io.countersign.testkit.Seeds;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Calls of {@code POST /sign-content}, and readers of its replies. */
public final class SignContentCalls {
    public static final String KEY_ID = "LTAI5tSigner";
    public static final String SECRET = "signer-secret";
    /** RSA is checked faster than the others. */
    public static final String TOKEN = TestToken.good("RS256", "rsa").signed(TestKeys.RSA, "RS256");

    static final String DATE = "Sun, 22 Nov 2026 08:00:00 GMT";
    static final String ANYTHING = TestRegistry.policy("Allow", "oss:*", "*");

    private SignContentCalls() {}

    /** Two buckets of the account, with their signer, and a role of these policies. */
    public static TestRegistry registry(String... policies) {
        return TestRegistry.with(policies)
                .bucket("examplebucket")
                .bucket("srcbucket")
                .signer(KEY_ID, SECRET, KeyStatus.ACTIVE);
    }

    public static SignContentFunction function(TestRegistry registry, SignContentSettings settings) {
        KeyRegistry keys = registry.registry();
        return new SignContentFunction(
                new BearerAuthenticator(keys), keys, new SubjectLimits(Seeds.secure()), new SigningKeys(16), settings);
    }

    public static Call call(String type, Bytes body, String token) {
        return new Call(
                "POST",
                "/sign-content",
                Optional.empty(),
                List.of(new Header("Authorization", "Bearer " + token), new Header("Content-Type", type)),
                body,
                "203.0.113.7",
                true);
    }

    /** The answer to a role with these policies for an unchanged string. */
    static Reply text(String content, String... policies) {
        return function(
                        registry(policies.length == 0 ? new String[] {ANYTHING} : policies),
                        SignContentSettings.DEFAULT)
                .handle(call("text/plain", Bytes.utf8(content), TOKEN), NOW);
    }

    static Reply json(String body, String... policies) {
        return json(body, NOW, policies);
    }

    static Reply json(String body, Instant now, String... policies) {
        return function(
                        registry(policies.length == 0 ? new String[] {ANYTHING} : policies),
                        SignContentSettings.DEFAULT)
                .handle(call("application/json", Bytes.utf8(body), TOKEN), now);
    }

    /** A string to sign of V1, dated now; {@code lines} are those of headers and the resource. */
    static String v1(String verb, String... lines) {
        return verb + "\n\n\n" + DATE + "\n" + String.join("\n", lines);
    }

    public static String member(Reply reply, String name) {
        try {
            Members members = Members.of(Values.parse(reply.body().toArray()));
            return members.string(name);
        } catch (InvalidDocumentException e) {
            throw new AssertionError(reply.body().utf8(), e);
        }
    }

    static void isRefused(Reply reply, int status, String code) {
        assertThat(reply.status()).as(reply.body().utf8()).isEqualTo(status);
        assertThat(reply.header("Content-Type")).contains("application/problem+json");
        assertThat(member(reply, "code")).as(reply.body().utf8()).isEqualTo(code);
        assertThat(member(reply, "detail")).isNotBlank();
        assertThat(reply.body().utf8()).doesNotContain(SECRET).doesNotContain(TOKEN);
    }
}
