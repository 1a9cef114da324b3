package io.countersign.gateway.store;

import static io.countersign.gateway.store.ScriptedStore.say;
import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.gateway.config.UpstreamSettings;
import io.countersign.http.client.OutgoingAddresses;
import io.countersign.oss.Acl;
import io.countersign.registry.Bucket;
import io.countersign.registry.Upstream;
import io.countersign.settings.PropertyValues;
import io.vertx.core.Vertx;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PrivacyProbeTest {
    private static Bucket bucket(String name, int port) {
        return new Bucket(
                name,
                "1234567890123456",
                "cn-hangzhou",
                Acl.PRIVATE,
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Bucket.DEFAULT_ENDPOINT,
                List.of(),
                Optional.of(new Upstream(
                        Upstream.Protocol.OSS,
                        new Upstream.Endpoint(false, "127.0.0.1", port),
                        "cn-hangzhou",
                        "physical",
                        true,
                        new Upstream.Signer.User("signer"))),
                Optional.empty());
    }

    private static List<String> lines(List<Bucket> buckets) throws Exception {
        Vertx vertx = Vertx.vertx();
        List<String> lines = new CopyOnWriteArrayList<>();
        try (UpstreamClients clients = new UpstreamClients(
                UpstreamSettings.from(PropertyValues.of(Map.of(), Map.of())),
                new StoreAddresses(new OutgoingAddresses(false), System::nanoTime),
                1)) {
            CompletableFuture<Void> done = new CompletableFuture<>();
            vertx.runOnContext(loop -> new PrivacyProbe(clients, lines::add)
                    .check(vertx, buckets)
                    .onComplete(checked -> done.complete(null)));
            done.get(20, TimeUnit.SECONDS);
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }
        return List.copyOf(lines);
    }

    @Test
    void tellsWhichStoresOthersCanRead() throws Exception {
        try (ScriptedStore open = new ScriptedStore();
                ScriptedStore closed = new ScriptedStore()) {
            closed.answering(say("403 Forbidden", Map.of(), ""));
            List<String> lines = lines(List.of(
                    bucket("open", URI.create(open.endpoint()).getPort()),
                    bucket("closed", URI.create(closed.endpoint()).getPort()),
                    bucket("gone", 1)));
            assertThat(lines).hasSize(2);
            assertThat(lines.getFirst()).contains("event=upstream-public bucket=open");
            assertThat(lines.getLast()).contains("event=upstream-unchecked bucket=gone");
            assertThat(open.last().target()).isEqualTo("/physical/?max-keys=1");
            assertThat(open.last().headers()).doesNotContainKeys("authorization", "x-oss-date");
        }
    }
}
