package io.countersign.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.registry.store.Item;
import io.countersign.registry.store.ItemKey;
import io.countersign.registry.store.MemoryStore;
import io.countersign.registry.store.RegistryStore;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.registry.store.Transaction;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Only a caller that asks for the health of a silent store waits for it. */
@Timeout(60)
class ProbeTest {
    private static final Instant NOW = Instant.parse("2026-11-22T03:00:00Z");

    private final Fixture fixture = new Fixture();
    private final Silent store = new Silent();
    private final Probe probe = new Probe(store, fixture.sealer);

    @Test
    void otherCallersGetTheLastAnswerDuringAProbe() throws Exception {
        probe.check(NOW);
        store.silent = true;
        CompletableFuture<Boolean> asking = asking(NOW.plusSeconds(2));
        store.asked.acquire();
        probe.check(NOW.plusSeconds(2));
        probe.check(NOW.plusMillis(4_999));
        assertThat(asking).isNotDone();
        store.giveUp.countDown();
        assertThat(asking.join()).isFalse();
        assertThatThrownBy(() -> probe.check(NOW.plusMillis(2_999))).isInstanceOf(StoreUnavailable.class);
        assertThat(store.reads).hasValue(2);
    }

    @Test
    void anOutdatedAnswerIsNotReturned() throws Exception {
        probe.check(NOW);
        store.silent = true;
        CompletableFuture<Boolean> first = asking(NOW.plusSeconds(5));
        CompletableFuture<Boolean> second = asking(NOW.plusSeconds(5));
        store.asked.acquire(2);
        store.giveUp.countDown();
        assertThat(first.join()).isFalse();
        assertThat(second.join()).isFalse();
    }

    @Test
    void beforeThereIsAnAnswerEachAsksForItself() throws Exception {
        store.silent = true;
        CompletableFuture<Boolean> first = asking(NOW);
        CompletableFuture<Boolean> second = asking(NOW);
        store.asked.acquire(2);
        store.giveUp.countDown();
        assertThat(first.join()).isFalse();
        assertThat(second.join()).isFalse();
    }

    @Test
    void aGoodAnswerIsRememberedForTheFileThatWasAskedOnly() throws Exception {
        probe.check(NOW);
        store.replaced = true;
        assertThatThrownBy(() -> probe.check(NOW)).isInstanceOf(StoreUnavailable.class);
        store.replaced = false;
        probe.check(NOW);
        assertThat(store.reads).hasValue(1);
    }

    private CompletableFuture<Boolean> asking(Instant now) {
        CompletableFuture<Boolean> healthy = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                probe.check(now);
                healthy.complete(true);
            } catch (StoreUnavailable e) {
                healthy.complete(false);
            }
        });
        return healthy;
    }

    private static final class Silent implements RegistryStore {
        private final RegistryStore behind = new MemoryStore();
        private final AtomicInteger reads = new AtomicInteger();
        private final Semaphore asked = new Semaphore(0);
        private final CountDownLatch giveUp = new CountDownLatch(1);
        private volatile boolean silent;
        private volatile boolean replaced;

        @Override
        public Map<ItemKey, Item> get(Set<ItemKey> keys, RegistryStore.Consistency consistency, Instant now)
                throws StoreUnavailable {
            reads.incrementAndGet();
            if (!silent) {
                return behind.get(keys, consistency, now);
            }
            asked.release();
            try {
                giveUp.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            throw new StoreUnavailable("the store does not answer");
        }

        @Override
        public RegistryStore.WriteResult write(Transaction transaction, Instant now) throws StoreUnavailable {
            return behind.write(transaction, now);
        }

        @Override
        public RegistryStore.Page query(
                String partition, Optional<String> after, int limit, RegistryStore.Consistency consistency, Instant now)
                throws StoreUnavailable {
            return behind.query(partition, after, limit, consistency, now);
        }

        @Override
        public void requireSame() throws StoreUnavailable {
            if (replaced) {
                throw new StoreUnavailable("the store was replaced");
            }
        }

        @Override
        public void close() {
            behind.close();
        }
    }
}
