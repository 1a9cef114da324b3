package io.countersign.gateway.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.gateway.config.RotationProperties;
import io.countersign.registry.TestRootKey;
import io.countersign.registry.rotation.OutboxItem;
import io.countersign.registry.sealing.Sealer;
import io.countersign.registry.store.Condition;
import io.countersign.registry.store.Item;
import io.countersign.registry.store.ItemKey;
import io.countersign.registry.store.MemoryStore;
import io.countersign.registry.store.RegistryStore;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.registry.store.Transaction;
import io.countersign.registry.store.Write;
import io.countersign.rotate.RotateSettings;
import io.countersign.rotate.Rotation;
import io.countersign.rotate.ram.RamClient;
import io.countersign.testkit.Seeds;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RotationLoopTest {
    private final SecureRandom random = Seeds.secure();

    @Test
    void aDefectThatShowsOnceDoesNotEndTheLooks() throws Exception {
        Defective store = new Defective();
        try (RotationLoop loop = loop(store, Optional.empty())) {
            loop.begin();
            assertThat(store.looks.await(60, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void nothingIsLookedAtBeforeItBegins() throws Exception {
        Defective store = new Defective();
        try (RotationLoop loop = loop(store, Optional.empty())) {
            // Some thirty looks, had it begun.
            Thread.sleep(300);
            assertThat(store.calls).hasValue(0);
            loop.begin();
            assertThat(store.looks.await(60, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void aWebhookThatHangsHoldsUpNoLook() throws Exception {
        MemoryStore memory = new MemoryStore();
        OutboxItem.OutgoingEvent event =
                new OutboxItem.OutgoingEvent("TokenKeyRotated.x", "TokenKeyRotated", Instant.EPOCH, "{}");
        memory.write(
                Transaction.of(Write.put(OutboxItem.key(event), OutboxItem.text(event), Condition.anything())),
                Instant.now());
        Defective store = new Defective(memory);
        // It takes connections, and never answers.
        try (ServerSocket hanging = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            URI webhook = URI.create("http://127.0.0.1:" + hanging.getLocalPort() + "/");
            long begun = System.nanoTime();
            try (RotationLoop loop = loop(store, Optional.of(webhook))) {
                loop.begin();
                hanging.accept().setSoTimeout(1);
                assertThat(store.looks.await(60, TimeUnit.SECONDS)).isTrue();
            }
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(30));
        }
    }

    /** One that looks every ten milliseconds. */
    private RotationLoop loop(RegistryStore store, Optional<URI> webhook) {
        return new RotationLoop(
                new Rotation(store, new Sealer(TestRootKey.ONE, random), RotateSettings.DEFAULT, random),
                store,
                new RotationProperties(
                        Duration.ofMillis(10), RotateSettings.DEFAULT, RamClient.Endpoint.DEFAULT, webhook),
                InstantSource.system());
    }

    /** Its first answers are none that any contract knows. */
    private static final class Defective implements RegistryStore {
        final CountDownLatch looks = new CountDownLatch(5);
        private final AtomicInteger calls = new AtomicInteger();
        private final MemoryStore store;

        Defective() {
            this(new MemoryStore());
        }

        Defective(MemoryStore store) {
            this.store = store;
        }

        @Override
        public Map<ItemKey, Item> get(Set<ItemKey> keys, RegistryStore.Consistency consistency, Instant now)
                throws StoreUnavailable {
            fail();
            return store.get(keys, consistency, now);
        }

        @Override
        public RegistryStore.WriteResult write(Transaction transaction, Instant now) throws StoreUnavailable {
            looks.countDown();
            return store.write(transaction, now);
        }

        @Override
        public RegistryStore.Page query(
                String partition, Optional<String> after, int limit, RegistryStore.Consistency consistency, Instant now)
                throws StoreUnavailable {
            fail();
            return store.query(partition, after, limit, consistency, now);
        }

        @Override
        public void close() {}

        private void fail() {
            if (calls.incrementAndGet() < 4) {
                throw new IllegalStateException("a defect");
            }
        }
    }
}
