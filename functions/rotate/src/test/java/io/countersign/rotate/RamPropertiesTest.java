package io.countersign.rotate;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.registry.StoredKey;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.rotate.ram.RamFault;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

/** Whatever happens, in whatever order, and whatever goes wrong with any call: in the end RAM and the registry agree. */
class RamPropertiesTest {
    private static final String SOMEBODYS = "LTAI5tSomebodysOwn";

    enum Happening {
        LOOK,
        COMPROMISE_NEWEST,
        COMPROMISE_OLDEST,
        REQUEST,
        KILL_EARLY,
        KILL_LATE,
        SOME_SECONDS,
        SOME_MINUTES,
        SOME_DAYS,
        MONTHS
    }

    @Property
    void theRegistryAndRamAgreeInTheEnd(
            @ForAll @Size(max = 12) List<Happening> happenings,
            @ForAll @Size(max = 12) List<RamFault> faults,
            @ForAll boolean laterSeen)
            throws Exception {
        try (RamKeys keys = new RamKeys()) {
            keys.ram.seenLater(laterSeen ? Duration.ofSeconds(30) : Duration.ZERO);
            keys.ram.goWrong(faults.stream()
                    // It takes its whole time, which another test gives it.
                    .map(fault -> fault == RamFault.STUCK ? RamFault.LOST : fault)
                    .toArray(RamFault[]::new));
            for (Happening happening : happenings) {
                happen(happening, keys);
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
            @ForAll @Size(max = 8) List<Happening> happenings, @ForAll @Size(max = 8) List<RamFault> faults)
            throws Exception {
        try (RamKeys keys = new RamKeys()) {
            keys.ram.put(RamKeys.USER, SOMEBODYS, "s", keys.keys.now.minusSeconds(1));
            keys.ram.goWrong(faults.stream()
                    .map(fault -> fault == RamFault.STUCK ? RamFault.LOST : fault)
                    .toArray(RamFault[]::new));
            for (Happening happening : happenings) {
                happen(happening, keys);
            }
            assertThat(keys.ram.keys(RamKeys.USER)).anyMatch(key -> key.id().equals(SOMEBODYS) && key.active());
            assertThat(keys.ram.actions()).doesNotContain("CreateAccessKey");
        }
    }

    private static void happen(Happening happening, RamKeys keys) throws StoreUnavailable {
        switch (happening) {
            case LOOK -> send(keys, keys.rotation, new IncomingEvent.Scheduled(keys.keys.newId()));
            case COMPROMISE_NEWEST ->
                send(
                        keys,
                        keys.rotation,
                        new IncomingEvent.AccessKeyCompromised(
                                keys.keys.newId(), keys.keys.ids().getLast()));
            case COMPROMISE_OLDEST ->
                send(
                        keys,
                        keys.rotation,
                        new IncomingEvent.AccessKeyCompromised(
                                keys.keys.newId(), keys.keys.ids().getFirst()));
            case REQUEST ->
                send(
                        keys,
                        keys.rotation,
                        new IncomingEvent.AccessKeyRotationRequested(
                                keys.keys.newId(), keys.keys.ids().getLast()));
            case KILL_EARLY -> killed(keys, 3);
            case KILL_LATE -> killed(keys, 6);
            case SOME_SECONDS -> keys.pass(Duration.ofSeconds(6));
            case SOME_MINUTES -> keys.pass(Duration.ofMinutes(6));
            case SOME_DAYS -> keys.pass(Duration.ofDays(3));
            case MONTHS -> keys.pass(Keys.EVERY);
        }
    }

    private static void killed(RamKeys keys, int point) throws StoreUnavailable {
        KillSwitch kill = new KillSwitch(point);
        Rotation doomed = keys.rotation(kill.around(keys.keys.fixture.store), kill::around);
        try {
            send(
                    keys,
                    doomed,
                    new IncomingEvent.AccessKeyCompromised(
                            keys.keys.newId(), keys.keys.ids().getLast()));
        } catch (KillSwitch.Died e) {
            // A process less.
        }
    }

    /** Nobody sends an event again here. */
    private static void send(RamKeys keys, Rotation process, IncomingEvent event) {
        try {
            process.handle(event, keys.keys.now);
        } catch (StoreUnavailable e) {
            // It was not to be done at that moment.
        }
    }

    private static void agree(RamKeys keys) throws StoreUnavailable {
        List<String> verify = keys.keys.holder().keys().stream()
                .filter(key -> key.status().verifies())
                .map(StoredKey::id)
                .toList();
        if (keys.keys.holder().newestActive().isEmpty()) {
            // What RAM refused for good while the only key was compromised: the operator has been told, and nobody can
            // sign there.
            assertThat(keys.keys.outbox()).anyMatch(event -> event.type().equals("RotationFailed"));
            return;
        }
        assertThat(keys.atRam()).containsExactlyInAnyOrderElementsOf(keys.keys.ids());
        assertThat(keys.takenByRam()).containsExactlyInAnyOrderElementsOf(verify);
        assertThat(keys.keys.holder().keys()).noneMatch(StoredKey::owed);
        assertThat(keys.signerIsGood()).isTrue();
    }
}
