package io.countersign.gateway.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.gateway.config.UpstreamSettings;
import io.countersign.http.client.OutgoingAddresses;
import io.countersign.registry.Fixture;
import io.countersign.settings.PropertyValues;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which stores are asked whether they are private, and when. */
class PrivacyChecksTest {
    private final Fixture fixture = new Fixture();
    private final Vertx vertx = Vertx.vertx();
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final UpstreamClients clients;
    private final PrivacyChecks checks;

    private final ScriptedStore store = new ScriptedStore();

    PrivacyChecksTest() throws Exception {
        clients = new UpstreamClients(
                UpstreamSettings.from(PropertyValues.of(Map.of(), Map.of())),
                new StoreAddresses(new OutgoingAddresses(false), System::nanoTime),
                1);
        checks = checks();
    }

    private PrivacyChecks checks() {
        return new PrivacyChecks(
                new PrivacyProbe(clients, lines::add),
                new RegistryBuckets(fixture.store, InstantSource.fixed(Fixture.NOW)));
    }

    @BeforeEach
    void open() throws Exception {
        apply("one");
        checks.opened(vertx);
        isPublic("one");
    }

    @AfterEach
    void close() throws Exception {
        clients.close();
        store.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private void apply(String... buckets) throws Exception {
        StringBuilder manifest = new StringBuilder("accounts:\n  - id: \"1234567890123456\"\n    buckets:\n");
        for (String bucket : buckets) {
            manifest.append("      - {name: ")
                    .append(bucket.replaceAll("=.*", ""))
                    .append("bucket, region: cn-hangzhou");
            if (!bucket.endsWith("=")) {
                manifest.append(", upstream: {protocol: s3, endpoint: \"")
                        .append(store.endpoint())
                        .append("\", region: us-east-1, bucket: physical-")
                        .append(bucket.replace("=", "-"))
                        .append(", pathStyle: true, accessKey: {id: AK, secret: the-secret}}");
            }
            manifest.append("}\n");
        }
        fixture.prune(manifest.toString());
    }

    private void isPublic(String bucket) throws Exception {
        assertThat(lines.poll(20, TimeUnit.SECONDS)).startsWith("event=upstream-public bucket=" + bucket + "bucket ");
    }

    @Test
    void aBucketThatAnApplyAddsIsChecked() throws Exception {
        apply("one", "two");
        checks.applied();
        isPublic("two");
        assertThat(store.received).hasSize(2);
    }

    @Test
    void aBucketThatGetsAnotherStoreIsCheckedAgain() throws Exception {
        apply("one=other");
        checks.applied();
        isPublic("one");
        assertThat(store.last().target()).isEqualTo("/physical-one-other/?max-keys=1");
    }

    @Test
    void aBucketThatLosesItsStoreAndGetsItBackIsCheckedAgain() throws Exception {
        apply("one=");
        checks.applied();
        apply("one=", "two");
        checks.applied();
        isPublic("two");
        apply("one", "two");
        checks.applied();
        isPublic("one");
        assertThat(store.received).hasSize(3);
    }

    @Test
    void aBucketThatStaysAsItIsIsNotAskedAgain() throws Exception {
        checks.applied();
        checks.applied();
        apply("one", "two");
        checks.applied();
        isPublic("two");
        assertThat(store.received)
                .extracting(ScriptedStore.Received::target)
                .isEqualTo(List.of("/physical-one/?max-keys=1", "/physical-two/?max-keys=1"));
    }

    @Test
    void withoutAPortNobodyIsAsked() throws Exception {
        PrivacyChecks never = checks();
        store.received.clear();
        apply("one", "two");
        never.applied();
        checks.applied();
        isPublic("two");
        assertThat(store.received).hasSize(1);
    }
}
