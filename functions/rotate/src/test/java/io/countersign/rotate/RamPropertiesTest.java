package io.countersign.rotate;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.registry.StoredKey;
import io.countersign.registry.rotation.IntentItem;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.rotate.ram.RamFault;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** RAM and the registry agree in the end, under any order of events, concurrent processes and failed calls. */
class RamPropertiesTest {
    private static final String SOMEBODYS = "LTAI5tSomebodysOwn";

    /** Past the last act of most events. */
    private static final int MOST_POINTS = 24;

    @Property
    void theRegistryAndRamAgreeInTheEnd(
            @ForAll("happenings") List<RamHappening> happenings,
            @ForAll("faults") List<RamFault> faults,
            @ForAll boolean laterSeen)
            throws Exception {
        try (RamKeys keys = new RamKeys()) {
            keys.ram.seenLater(laterSeen ? Duration.ofSeconds(30) : Duration.ZERO);
            keys.ram.goWrong(faults.toArray(RamFault[]::new));
            for (RamHappening happening : happenings) {
                happening.happen(keys);
                assertThat(keys.ram.most()).isLessThanOrEqualTo(2);
            }
            keys.ram.goRight();
            for (int i = 0; i < 8; i++) {
                keys.pass(Duration.ofHours(25));
                keys.scheduled();
            }
            agree(keys);
        }
    }

    @Property
    void aKeyThatIsNotTheRegistrysIsThereInTheEnd(
            @ForAll("happenings") List<RamHappening> happenings, @ForAll("faults") List<RamFault> faults)
            throws Exception {
        try (RamKeys keys = new RamKeys()) {
            keys.ram.put(RamKeys.USER, SOMEBODYS, "s", keys.keys.now.minusSeconds(1));
            keys.ram.goWrong(faults.toArray(RamFault[]::new));
            for (RamHappening happening : happenings) {
                happening.happen(keys);
            }
            assertThat(keys.ram.keys(RamKeys.USER)).anyMatch(key -> key.id().equals(SOMEBODYS) && key.active());
            assertThat(keys.ram.actions()).doesNotContain("CreateAccessKey");
        }
    }

    @Provide
    Arbitrary<List<RamHappening>> happenings() {
        Arbitrary<RamHappening.Event> events = Arbitraries.of(RamHappening.Event.class);
        Arbitrary<Integer> points = Arbitraries.integers().between(0, MOST_POINTS);
        Arbitrary<RamHappening> times = Arbitraries.of(
                        Duration.ofSeconds(6), Duration.ofMinutes(6), Duration.ofDays(3), Keys.EVERY)
                .map(RamHappening.Pass::new);
        Arbitrary<RamHappening> simple = Arbitraries.oneOf(
                times,
                events.map(RamHappening.Sent::new),
                Combinators.combine(events, points).as(RamHappening.Killed::new));
        return Arbitraries.recursive(
                        () -> simple,
                        by -> Combinators.combine(events, points, by).as(RamHappening.Overtaken::new),
                        0,
                        2)
                .list()
                .ofMaxSize(12);
    }

    /** All but the one that takes its whole time, which another test gives it. */
    @Provide
    Arbitrary<List<RamFault>> faults() {
        return Arbitraries.of(RamFault.class)
                .filter(fault -> fault != RamFault.STUCK)
                .list()
                .ofMaxSize(12);
    }

    private static void agree(RamKeys keys) throws StoreUnavailable {
        List<String> verify = keys.keys.keyOwner().keys().stream()
                .filter(key -> key.status().verifies())
                .map(StoredKey::id)
                .toList();
        if (verify.isEmpty()) {
            // RAM refused this for good while the only key was compromised: the operator has been told, and nothing can
            // sign there.
            assertThat(keys.keys.outbox()).anyMatch(event -> event.type().equals("RotationFailed"));
            return;
        }
        assertThat(keys.atRam()).containsExactlyInAnyOrderElementsOf(keys.keys.ids());
        assertThat(keys.takenByRam()).containsExactlyInAnyOrderElementsOf(verify);
        assertThat(keys.keys.keyOwner().keys()).noneMatch(StoredKey::deactivationPending);
        assertThat(keys.signerIsGood()).isTrue();
        assertThat(keys.keys.read(IntentItem.key(keys.keys.keyOwner().owner()), IntentItem::read))
                .isEmpty();
    }
}
