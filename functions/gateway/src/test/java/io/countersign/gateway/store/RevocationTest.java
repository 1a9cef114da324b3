package io.countersign.gateway.store;

import static io.countersign.gateway.store.ScriptedStore.say;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A key that was good for the store port is not any more, within the time of the cache, and whatever the store would say. */
class RevocationTest {
    private static final Duration CACHE = Duration.ofSeconds(5);
    private static final String KEY = "{id: " + StoreFixture.ALICE + ", secret: \"" + StoreFixture.ALICE_SECRET + "\"}";

    @Test
    void aRevokedKeyReachesNoStoreAnyMore() throws Exception {
        try (StoreFixture fixture = StoreFixture.started(Map.of())) {
            fixture.store.answering(say("200 OK", Map.of("ETag", "\"e\""), "content"));
            Client client = new Client(fixture.url());
            assertThat(client.send("GET", "/examplebucket/a.txt", Map.of(), "")).startsWith("HTTP/1.1 200 ");
            Instant revoked = Instant.now();
            fixture.apply(KEY, "{id: " + StoreFixture.ALICE + ", status: Inactive}");
            while (client.send("GET", "/examplebucket/a.txt", Map.of(), "").startsWith("HTTP/1.1 200 ")) {
                assertThat(Duration.between(revoked, Instant.now())).isLessThan(CACHE.multipliedBy(3));
                Thread.sleep(100);
            }
            fixture.store.received.clear();
            assertThat(client.send("GET", "/examplebucket/a.txt", Map.of(), ""))
                    .startsWith("HTTP/1.1 403 ")
                    .contains("<Code>InvalidAccessKeyId</Code>");
            assertThat(client.send("PUT", "/examplebucket/a.txt", Map.of(), "x"))
                    .startsWith("HTTP/1.1 403 ");
            assertThat(fixture.store.received).isEmpty();
        }
    }
}
