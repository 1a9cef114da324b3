package io.countersign.presign;

import static io.countersign.identity.TestToken.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.http.Reply;
import io.countersign.identity.TestRegistry;
import io.countersign.json.Value;
import io.countersign.oss.Target;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PresignBatchTest {
    private static Reply batch(String... requests) {
        return PresignCalls.reply("{\"requests\":[" + String.join(",", requests) + "]}");
    }

    @Test
    void resultsFollowTheOrderOfTheirRequests() throws Exception {
        List<Value> results = PresignCalls.results(batch(
                PresignCalls.body("\"key\":\"a\""),
                PresignCalls.body("\"key\":\"b\"", "\"method\":\"PUT\"", "\"version\":\"V1\""),
                PresignCalls.body("\"key\":\"c\"")));
        assertThat(results).hasSize(3);
        List<String> keys = List.of("a", "b", "c");
        for (int i = 0; i < 3; i++) {
            assertThat(Verified.at(results.get(i), NOW).target())
                    .isEqualTo(Target.object("examplebucket", keys.get(i)));
        }
    }

    @Test
    void oneBadRequestSpoilsNoOther() throws Exception {
        List<Value> results = PresignCalls.results(batch(
                PresignCalls.body("\"key\":\"a\""),
                "7",
                "{}",
                PresignCalls.body("\"unknown\":1"),
                PresignCalls.body("\"key\":\"../x\""),
                "{\"bucket\":\"nobodys-bucket\",\"key\":\"k\"}",
                PresignCalls.body("\"key\":\"a?b\"", "\"version\":\"V1\""),
                PresignCalls.body("\"key\":\"z\"")));
        assertThat(results.subList(1, 7))
                .map(result -> PresignCalls.text(result, "error.code"))
                .containsExactly(
                        "InvalidMember",
                        "InvalidMember",
                        "InvalidMember",
                        "KeyNotSignable",
                        "AccessDenied",
                        "InvalidArgument");
        assertThat(results.subList(1, 7))
                .allSatisfy(result ->
                        assertThat(PresignCalls.text(result, "error.message")).isNotBlank());
        assertThat(PresignCalls.text(results.get(3), "error.message")).contains("requests[3].unknown");
        Verified.at(results.get(0), NOW);
        Verified.at(results.get(7), NOW);
    }

    @Test
    void answersABatchOfOnlyInvalidRequests() {
        assertThat(batch("{}").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"requests\":[]}",
                "{\"requests\":{}}",
                "{\"requests\":null}",
                "{\"requests\":\"a\"}",
                "{\"requests\":[{}],\"bucket\":\"examplebucket\"}",
                "{\"requests\":[{}],\"more\":1}"
            })
    void aBodyThatIsNoBatchIsAProblem(String body) {
        Reply reply = PresignCalls.reply(body);
        assertThat(reply.status()).isEqualTo(400);
        assertThat(PresignCalls.text(PresignCalls.json(reply), "code")).isEqualTo("InvalidMember");
    }

    @Test
    void aThousandRequestsAreTheMost() {
        String thousand = IntStream.range(0, 1000)
                .mapToObj(i -> PresignCalls.body("\"key\":\"k" + i + "\""))
                .collect(Collectors.joining(","));
        Reply full = batch(thousand);
        assertThat(full.status()).isEqualTo(200);
        assertThat(PresignCalls.results(full))
                .hasSize(1000)
                .allMatch(result -> !PresignCalls.text(result, "url").isEmpty());
        assertThat(batch(thousand, PresignCalls.body()).status()).isEqualTo(400);
    }

    @Test
    void aBatchMayBeLargerThanOneRequest() {
        String padded = PresignCalls.body() + " ".repeat(80 * 1024);
        assertThat(batch(padded).status()).isEqualTo(200);
    }

    @Test
    void theBucketsOfABatchAreReadAtOnce() {
        TestRegistry registry = PresignCalls.registry().bucket("second-bucket");
        PresignFunction function = PresignCalls.function(registry, PresignSettings.DEFAULT);
        int before = registry.store().reads();
        String unknown = IntStream.range(0, 90)
                .mapToObj(i -> "{\"bucket\":\"nobodys-" + i + "\",\"key\":\"k\"}")
                .collect(Collectors.joining(","));
        Reply reply = function.handle(PresignCalls.call("{\"requests\":[" + unknown + "]}"), NOW);
        assertThat(PresignCalls.results(reply)).hasSize(90);
        // This registry has no cache, so nothing is read ahead: one read each for provider, role, the user's revocation
        // and all the buckets.
        assertThat(registry.store().reads() - before).isEqualTo(4);
    }

    @Test
    void theStoreBeingDownFailsTheWholeBatch() {
        TestRegistry registry = PresignCalls.registry();
        registry.store().down(true);
        Reply reply = PresignCalls.function(registry, PresignSettings.DEFAULT)
                .handle(PresignCalls.call("{\"requests\":[" + PresignCalls.body() + "]}"), NOW);
        assertThat(reply.status()).isEqualTo(503);
    }
}
