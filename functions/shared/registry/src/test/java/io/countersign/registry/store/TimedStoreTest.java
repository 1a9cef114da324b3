package io.countersign.registry.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.registry.Fixture;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A timed store is the store, and tells the duration of each call. It is no {@link ScannableStore}, so it is not held to the whole contract. */
class TimedStoreTest {
    private static final ItemKey KEY = new ItemKey("p", "s");
    private static final Instant NOW = Fixture.NOW;

    private final MemoryStore store = new MemoryStore();
    private final List<Long> times = new ArrayList<>();
    private final TimedStore timed = new TimedStore(() -> store, times::add);

    private RegistryStore.WriteResult write() throws StoreUnavailable {
        return timed.write(Transaction.of(Write.put(KEY, "{}", Condition.anything())), NOW);
    }

    @Test
    void eachCallIsTimedOnce() throws Exception {
        write();
        assertThat(times).hasSize(1);
        assertThat(timed.get(Set.of(KEY), RegistryStore.Consistency.STRONG, NOW))
                .containsKey(KEY);
        assertThat(times).hasSize(2);
        assertThat(timed.query("p", Optional.empty(), 10, RegistryStore.Consistency.STRONG, NOW)
                        .items())
                .hasSize(1);
        assertThat(times).hasSize(3).allMatch(nanos -> nanos >= 0);
    }

    @Test
    void aCallThatFailsIsTimedToo() {
        store.down(true);
        assertThatThrownBy(this::write).isInstanceOf(StoreUnavailable.class);
        assertThatThrownBy(() -> timed.get(Set.of(KEY), RegistryStore.Consistency.STRONG, NOW))
                .isInstanceOf(StoreUnavailable.class);
        assertThatThrownBy(() -> timed.query("p", Optional.empty(), 10, RegistryStore.Consistency.STRONG, NOW))
                .isInstanceOf(StoreUnavailable.class);
        assertThat(times).hasSize(3);
    }

    @Test
    void openingTheStoreDoesNotCount() throws Exception {
        long pause = 50_000_000;
        TimedStore slow = new TimedStore(
                () -> {
                    long start = System.nanoTime();
                    while (System.nanoTime() - start < pause) {
                        Thread.onSpinWait();
                    }
                    return store;
                },
                times::add);
        // The shortest of several: a pause of this machine within a call counts as the call's.
        for (int i = 0; i < 20; i++) {
            slow.get(Set.of(KEY), RegistryStore.Consistency.STRONG, NOW);
        }
        assertThat(times).hasSize(20);
        assertThat(times.stream().min(Long::compare).orElseThrow()).isLessThan(pause);
    }

    @Test
    void aStoreThatCannotBeOpenedIsNoCall() {
        TimedStore none = new TimedStore(
                () -> {
                    throw new StoreUnavailable("no store");
                },
                times::add);
        assertThatThrownBy(() -> none.get(Set.of(KEY), RegistryStore.Consistency.STRONG, NOW))
                .isInstanceOf(StoreUnavailable.class);
        assertThatThrownBy(none::requireSame).isInstanceOf(StoreUnavailable.class);
        assertThat(times).isEmpty();
    }

    @Test
    void askingWhetherTheStoreIsTheSameIsNoCall() throws Exception {
        timed.requireSame();
        assertThat(times).isEmpty();
    }
}
