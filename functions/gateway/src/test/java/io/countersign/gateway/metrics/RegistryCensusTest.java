package io.countersign.gateway.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.http.Bytes;
import io.countersign.http.Call;
import io.countersign.registry.Fixture;
import io.countersign.registry.KeyStatus;
import io.countersign.registry.Owner;
import io.countersign.registry.rotation.DueItem;
import io.countersign.registry.rotation.OutboxItem;
import io.countersign.registry.store.StoreUnavailable;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RegistryCensusTest {
    private static final Instant NOW = Fixture.NOW;
    private static final Instant START = NOW.minusSeconds(10);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final Fixture fixture = new Fixture();
    private final RegistryCensus census = new RegistryCensus(fixture.store, START);

    private RegistryCensus.Result taken(Instant now) throws StoreUnavailable {
        census.take(now);
        return census.last().orElseThrow();
    }

    private void due(String user, Instant at) throws StoreUnavailable {
        Owner owner = new Owner.OfUser(Fixture.ACCOUNT, user);
        fixture.put(DueItem.key(owner, at), DueItem.text(owner));
    }

    private void waiting(int number) throws StoreUnavailable {
        OutboxItem.OutgoingEvent event =
                new OutboxItem.OutgoingEvent("TokenKeyRotated." + number, "TokenKeyRotated", NOW, "{}");
        fixture.put(OutboxItem.key(event), OutboxItem.text(event));
    }

    @Test
    void anEmptyRegistryHasNothing() throws Exception {
        assertThat(census.last()).isEmpty();
        assertThat(taken(NOW)).isEqualTo(new RegistryCensus.Result(NOW, NOW, Map.of(), 0, 0));
    }

    /** An alert compares this time with the present. Without a time it would never fire after a start during the fault. */
    @Test
    void whatWasNeverCountedIsAsOldAsTheStart() throws Exception {
        PrometheusRegistry metrics = new PrometheusRegistry();
        RegistryMetrics.ofCensus(census, metrics);
        fixture.store.down(true);
        assertThatThrownBy(() -> census.take(NOW)).isInstanceOf(StoreUnavailable.class);
        assertThat(scraped(metrics))
                .contains("countersign_census_timestamp_seconds " + seconds(START))
                .doesNotContain("countersign_keys_due ", "countersign_events_waiting ", "countersign_keys{");
        fixture.store.down(false);
        census.take(NOW);
        fixture.store.down(true);
        assertThatThrownBy(() -> census.take(NOW.plus(MINUTE))).isInstanceOf(StoreUnavailable.class);
        assertThat(scraped(metrics))
                .contains("countersign_census_timestamp_seconds " + seconds(NOW), "countersign_keys_due 0.0");
    }

    private static String scraped(PrometheusRegistry metrics) {
        Call call = new Call("GET", "/metrics", Optional.empty(), List.of(), Bytes.EMPTY, "127.0.0.1", false);
        return new MetricsEndpoint(metrics).handle(call, NOW).body().utf8();
    }

    private static String seconds(Instant at) {
        return Double.toString(at.getEpochSecond());
    }

    @Test
    void keysAreCountedByTheirStatusAndTombstonesAreNot() throws Exception {
        fixture.apply(Fixture.golden());
        Map<KeyStatus, Integer> before = taken(NOW).keys();
        assertThat(before).containsEntry(KeyStatus.INACTIVE, 1).doesNotContainKey(KeyStatus.RETIRING);
        int active = before.get(KeyStatus.ACTIVE);
        assertThat(active).isGreaterThanOrEqualTo(2);
        fixture.move(Fixture.SIGNER_KEY, KeyStatus.RETIRING);
        assertThat(taken(NOW.plus(RegistryCensus.KEYS_EVERY)).keys())
                .containsEntry(KeyStatus.ACTIVE, active - 1)
                .containsEntry(KeyStatus.RETIRING, 1)
                .containsEntry(KeyStatus.INACTIVE, 1)
                .doesNotContainKey(KeyStatus.DELETED);
    }

    @Test
    void dueIsWhatHasComeInAnyShard() throws Exception {
        for (int i = 0; i < 40; i++) {
            due("past" + i, NOW.minusSeconds(i));
            due("future" + i, NOW.plusSeconds(1 + i));
        }
        assertThat(taken(NOW).due()).isEqualTo(40);
        assertThat(taken(NOW.plusSeconds(10)).due()).isEqualTo(50);
        assertThat(taken(NOW.plusSeconds(60)).due()).isEqualTo(80);
    }

    @Test
    void eventsAreCountedBeyondOnePage() throws Exception {
        for (int i = 0; i < 2_345; i++) {
            waiting(i);
        }
        assertThat(taken(NOW).waiting()).isEqualTo(2_345);
    }

    @Test
    void allKeysAreReadEveryFiveMinutesAndTheRestEachTime() throws Exception {
        fixture.apply(Fixture.golden());
        census.take(NOW);
        int full = fixture.store.reads();
        fixture.move(Fixture.SIGNER_KEY, KeyStatus.INACTIVE);
        waiting(1);
        int before = fixture.store.reads();
        RegistryCensus.Result early = taken(NOW.plus(RegistryCensus.KEYS_EVERY).minusMillis(1));
        assertThat(early.keys()).containsEntry(KeyStatus.INACTIVE, 1);
        assertThat(early.keysAt()).isEqualTo(NOW);
        assertThat(early.waiting()).isEqualTo(1);
        assertThat(fixture.store.reads() - before).isEqualTo(DueItem.SHARDS + 1).isLessThan(full);
        Instant later = NOW.plus(RegistryCensus.KEYS_EVERY);
        RegistryCensus.Result whole = taken(later);
        assertThat(whole.keys()).containsEntry(KeyStatus.INACTIVE, 2);
        assertThat(whole.keysAt()).isEqualTo(later);
    }

    /** Otherwise the keys would not be counted for as long as the clock had been ahead. */
    @Test
    void aClockThatWasSetBackDoesNotStopTheCount() throws Exception {
        fixture.apply(Fixture.golden());
        census.take(NOW.plus(Duration.ofDays(1)));
        fixture.move(Fixture.SIGNER_KEY, KeyStatus.RETIRING);
        assertThat(taken(NOW).keys()).containsEntry(KeyStatus.RETIRING, 1);
    }

    @Test
    void aStoreThatFailsLeavesTheLastResultWithItsAge() throws Exception {
        waiting(1);
        RegistryCensus.Result known = taken(NOW);
        waiting(2);
        fixture.store.down(true);
        assertThatThrownBy(() -> census.take(NOW.plus(MINUTE))).isInstanceOf(StoreUnavailable.class);
        assertThat(census.last()).contains(known);
        fixture.store.down(false);
        RegistryCensus.Result again = taken(NOW.plus(MINUTE).plus(MINUTE));
        assertThat(again.waiting()).isEqualTo(2);
        assertThat(again.at()).isEqualTo(NOW.plus(MINUTE).plus(MINUTE));
    }

    @Test
    void aStoreThatNeverAnsweredHasNoResult() {
        fixture.store.down(true);
        assertThatThrownBy(() -> census.take(NOW)).isInstanceOf(StoreUnavailable.class);
        assertThat(census.last()).isEmpty();
    }
}
