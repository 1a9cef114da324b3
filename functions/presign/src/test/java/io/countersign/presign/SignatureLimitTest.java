package io.countersign.presign;

import static io.countersign.identity.TestToken.NOW;
import static io.countersign.presign.PresignCalls.body;
import static io.countersign.presign.PresignCalls.call;
import static io.countersign.presign.PresignCalls.json;
import static io.countersign.presign.PresignCalls.results;
import static io.countersign.presign.PresignCalls.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.http.Reply;
import io.countersign.identity.BearerAuthenticator;
import io.countersign.identity.TestRegistry;
import io.countersign.identity.limits.SubjectLimits;
import io.countersign.registry.KeyRegistry;
import io.countersign.registry.KeyStatus;
import io.countersign.registry.RoleLimits;
import io.countersign.signing.SigningKeys;
import io.countersign.testkit.Seeds;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** The limit of a role at {@code /presign} and {@code /post-policy}. */
class SignatureLimitTest {
    private static final String DENIED = body("\"key\":\"secret/a\"");

    private final KeyRegistry registry = TestRegistry.limited(
                    new RoleLimits(OptionalInt.empty(), OptionalInt.of(3)),
                    TestRegistry.policy("Allow", "oss:*", "*"),
                    TestRegistry.policy("Deny", "oss:*", "acs:oss:*:*:examplebucket/secret/*"))
            .bucket("examplebucket")
            .signer(PresignCalls.KEY_ID, PresignCalls.SECRET, KeyStatus.ACTIVE)
            .registry();
    private final SubjectLimits limits = new SubjectLimits(Seeds.secure());
    private final BearerAuthenticator authenticator = new BearerAuthenticator(registry);
    private final PresignFunction presign = new PresignFunction(
            authenticator, registry, limits, new SigningKeys(16), PresignSettings.DEFAULT, Seeds.secure());
    private final PostPolicyFunction postPolicy =
            new PostPolicyFunction(authenticator, registry, limits, new SigningKeys(16), PostPolicySettings.DEFAULT);

    private Reply presign(String body) {
        return presign.handle(call(body), NOW);
    }

    private Reply form(String body) {
        return postPolicy.handle(Form.call(PresignCalls.TOKEN, body.getBytes(StandardCharsets.UTF_8)), NOW);
    }

    private static String batch(String... requests) {
        return "{\"requests\":[" + String.join(",", requests) + "]}";
    }

    private static void isOverTheLimit(Reply reply) {
        assertThat(reply.status()).as(reply.body().utf8()).isEqualTo(429);
        assertThat(reply.header("Content-Type")).contains("application/problem+json");
        assertThat(reply.header("Retry-After")).contains("70");
        assertThat(reply.code()).contains("TooManyRequests");
        assertThat(text(json(reply), "detail")).contains("3 signatures in a minute");
    }

    @Test
    void urlsAndFormsCountTogether() {
        assertThat(presign(body()).status()).isEqualTo(200);
        assertThat(form(body()).status()).isEqualTo(200);
        assertThat(presign(body()).status()).isEqualTo(200);
        isOverTheLimit(presign(body()));
        isOverTheLimit(form(body()));
        assertThat(presign.handle(call(body()), NOW.plusSeconds(70)).status()).isEqualTo(200);
    }

    @Test
    void whatIsRefusedIsNotCounted() {
        for (int i = 0; i < 10; i++) {
            assertThat(presign(DENIED).status()).isEqualTo(403);
            assertThat(form(DENIED).status()).isEqualTo(403);
            assertThat(presign("{}").status()).isEqualTo(400);
        }
        assertThat(presign(batch(body(), body(), body())).status()).isEqualTo(200);
    }

    @Test
    void aBatchIsRefusedAsAWhole() {
        assertThat(presign(body()).status()).isEqualTo(200);
        isOverTheLimit(presign(batch(body(), body(), body())));
        Reply fits = presign(batch(body(), DENIED, "{}", body()));
        assertThat(fits.status()).isEqualTo(200);
        assertThat(results(fits)).hasSize(4);
        assertThat(text(results(fits).get(1), "error.code")).isEqualTo("AccessDenied");
        isOverTheLimit(presign(batch(body())));
        // Nothing in it needs a signature.
        assertThat(presign(batch(DENIED, "{}")).status()).isEqualTo(200);
    }

    @Test
    void aBatchLargerThanTheLimitIsToldSo() {
        Reply reply = presign(batch(body(), body(), body(), body()));
        assertThat(reply.status()).isEqualTo(429);
        assertThat(reply.header("Retry-After")).contains("1");
        assertThat(text(json(reply), "detail"))
                .contains("ask for fewer in one call, or have the limit of the role raised");
        assertThat(presign(batch(body(), body(), body())).status()).isEqualTo(200);
    }
}
