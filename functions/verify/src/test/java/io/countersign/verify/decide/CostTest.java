package io.countersign.verify.decide;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.oss.BaseDomains;
import io.countersign.oss.HttpMethod;
import io.countersign.policy.TraceStep;
import io.countersign.registry.KeyRegistry;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.signing.AccessKey;
import io.countersign.signing.Secret;
import io.countersign.signing.SignatureVersion;
import io.countersign.signing.SigningKeys;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The bound on the verifier's work for one request, for any sender and any policies. */
class CostTest {
    private static final AccessKey KEY = new AccessKey("LTAI5tCostly", Secret.of("secret-of-costly"));
    private static final String SLOW = "*" + "a".repeat(80) + "b";

    private static VerifyAnswer delete(String statements, String userAgent) {
        String manifest = """
                {"accounts":[{"id":"1000000000000001","users":[{"name":"u","accessKeys":[{"id":"LTAI5tCostly","secret":"secret-of-costly"}],
                "policies":[{"Version":"1","Statement":[{"Effect":"Allow","Action":"oss:DeleteObject","Resource":"*"},%s]}]}],
                "buckets":[{"name":"examplebucket","region":"cn-hangzhou","acl":"public-read-write"}]}]}""".formatted(statements);
        KeyRegistry registry = ManifestRegistry.of(manifest, SampleRegistry.NOW);
        VerifyRequest request = ClientRequest.of(HttpMethod.POST, "examplebucket", "")
                .query("delete")
                .header("User-Agent", userAgent)
                .signed(SignatureVersion.V4, KEY);
        String[] keys = IntStream.range(0, 1_000).mapToObj(i -> "key-" + i).toArray(String[]::new);
        try {
            return new Verifier(registry, SessionOpener.NONE, new SigningKeys(16), BaseDomains.DEFAULT)
                    .verify(VerifyRequests.deleting(request, keys), SampleRegistry.NOW);
        } catch (StoreUnavailable e) {
            throw new AssertionError(e);
        }
    }

    private static String denyAgents(int patterns) {
        return "{\"Effect\":\"Deny\",\"Action\":\"*\",\"Resource\":\"*\",\"Condition\":{\"StringLike\":{\"acs:UserAgent\":["
                + IntStream.range(0, patterns).mapToObj(i -> "\"" + SLOW + "\"").collect(Collectors.joining(","))
                + "]}}}";
    }

    @Test
    void aSlowConditionOverManyKeysIsJudged() {
        assertThat(delete(denyAgents(1), "a".repeat(2_048)).error()).isEmpty();
    }

    @Test
    void aUserAgentThatIsTooLongIsUnknownAndSoDenied() {
        assertThat(delete(denyAgents(1), "a".repeat(29_000)).error())
                .hasValueSatisfying(error -> assertThat(error.code()).isEqualTo("AccessDenied"));
    }

    @Test
    void refusesARequestThatExceedsItsStepBudget() {
        VerifyAnswer answer = delete(denyAgents(500), "a".repeat(2_048));
        assertThat(answer.error()).hasValueSatisfying(error -> {
            assertThat(error.code()).isEqualTo("RequestTooCostly");
            assertThat(error.message()).contains("name fewer keys");
        });
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.obligations()).isEmpty();
        assertThat(answer.trace().getLast().outcome()).isEqualTo(TraceStep.Outcome.DENY);
    }
}
