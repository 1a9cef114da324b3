package io.countersign.rotate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.registry.KeyStatus;
import io.countersign.registry.StoredKey;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.rotate.ram.RamFault;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A compromise, a request and a refusal of RAM meet: changes at RAM are recorded in the registry, even if the next step fails. */
class RamRacesTest {
    private static final Duration SOON = Duration.ofMinutes(6);
    private static final RamFault[] DOWN = {RamFault.DOWN, RamFault.DOWN, RamFault.DOWN};

    private final RamKeys here = new RamKeys();

    RamRacesTest() throws Exception {}

    @AfterEach
    void stop() {
        here.close();
    }

    @Test
    void deletesALeakedKeyInBothPlacesOnARequestBeforeRamKnows() throws Exception {
        here.ram.seenLater(Duration.ofSeconds(30));
        here.ram.goWrong(RamFault.NONE, RamFault.NONE, RamFault.NO_PERMISSION);
        assertThatThrownBy(() -> here.compromised(Keys.FIRST)).isInstanceOf(StoreUnavailable.class);
        String second = here.keys.ids().getLast();
        assertThatThrownBy(() -> here.requested(second))
                .isInstanceOf(StoreUnavailable.class)
                .hasMessageContaining("RAM does not know the user's new key yet");
        assertThat(here.atRam()).containsExactly(second).isEqualTo(here.keys.ids());
        assertThat(deletions()).containsExactly(Keys.FIRST);
        here.pass(SOON);
        assertThat(here.requested(second)).containsExactly("AccessKeyCreated");
        assertThat(here.atRam()).hasSize(2).isEqualTo(here.keys.ids());
    }

    @Test
    void aRequestWhoseRoomIsMadeAndWhoseKeyIsNotRecordsTheRoom() throws Exception {
        String second = compromisedLongAgo();
        here.ram.goWrong(RamFault.NONE);
        here.ram.goWrong(DOWN);
        assertThatThrownBy(() -> here.requested(second)).isInstanceOf(StoreUnavailable.class);
        assertThat(here.atRam()).containsExactly(second).isEqualTo(here.keys.ids());
        assertThat(deletions()).containsExactly(Keys.FIRST);
    }

    @Test
    void aRequestWhoseRoomIsMadeAndWhoseKeyIsRefusedRecordsTheRoomAndRefuses() throws Exception {
        String second = compromisedLongAgo();
        here.ram.goWrong(RamFault.NONE, RamFault.NO_PERMISSION);
        assertThat(here.requested(second)).containsExactly("RotationFailed");
        assertThat(here.atRam()).containsExactly(second).isEqualTo(here.keys.ids());
        assertThat(deletions()).containsExactly(Keys.FIRST);
    }

    @Test
    void theSameRequestAgainTellsTheRoomToo() throws Exception {
        String second = compromisedLongAgo();
        IncomingEvent event = new IncomingEvent.AccessKeyRotationRequested("request", second);
        EventAnswer answer = here.rotation.handle(event, here.keys.now);
        assertThat(RamKeys.told(answer)).containsExactly("AccessKeyDeleted", "AccessKeyCreated");
        assertThat(here.rotation.handle(event, here.keys.now)).isEqualTo(answer);
    }

    @Test
    void theRoomThatACompromiseMadeIsRecordedThoughRamRefusesTheNewKey() throws Exception {
        String second = compromisedLongAgo();
        here.ram.goWrong(RamFault.NONE, RamFault.NO_PERMISSION);
        assertThat(here.compromised(second))
                .containsExactly("AccessKeyDeactivated", "SessionsRevoked", "AccessKeyDeleted", "RotationFailed");
        assertThat(here.atRam()).containsExactly(second).isEqualTo(here.keys.ids());
        assertThat(here.takenByRam()).isEmpty();
        assertThat(here.keys.statuses()).containsExactly(KeyStatus.INACTIVE);
    }

    @Test
    void theLeakedKeyThatMadeRoomIsDeletedHereTooThoughRamRefusesTheNewKey() throws Exception {
        String second = anotherRetires();
        here.ram.goWrong(RamFault.NONE, RamFault.NO_PERMISSION);
        assertThat(here.compromised(second))
                .containsExactly("AccessKeyDeactivated", "SessionsRevoked", "AccessKeyDeleted", "RotationFailed");
        assertThat(here.atRam()).containsExactly(Keys.FIRST).isEqualTo(here.keys.ids());
        assertThat(here.keys.keyOwner().keys()).noneMatch(StoredKey::deactivationPending);
    }

    @Test
    void whileAKeyRetiresAndNoneSignsANewOneIsAskedForAgain() throws Exception {
        String second = anotherRetires();
        here.ram.goWrong(RamFault.NONE, RamFault.NO_PERMISSION);
        here.compromised(second);
        here.pass(Duration.ofDays(1));
        assertThat(here.scheduled()).containsExactly("AccessKeyCreated");
        assertThat(here.keys.statuses()).containsExactly(KeyStatus.RETIRING, KeyStatus.ACTIVE);
        assertThat(here.signerIsGood()).isTrue();
    }

    @Test
    void theLeakedKeyThatRamDoesNotDeleteMakesRoomADayLater() throws Exception {
        String second = anotherRetires();
        here.ram.goWrong(RamFault.NO_PERMISSION);
        assertThat(here.compromised(second))
                .containsExactly("AccessKeyDeactivated", "SessionsRevoked", "RotationFailed");
        assertThat(here.takenByRam()).containsExactly(Keys.FIRST);
        here.pass(Duration.ofDays(1));
        assertThat(here.scheduled()).containsExactly("AccessKeyDeleted", "AccessKeyCreated");
        assertThat(here.signerIsGood()).isTrue();
    }

    @Test
    void theLeakedKeyThatMadeRoomIsReplacedWhenRamAnswersAgain() throws Exception {
        String second = anotherRetires();
        here.ram.goWrong(RamFault.NONE);
        here.ram.goWrong(DOWN);
        assertThatThrownBy(() -> here.compromised(second)).isInstanceOf(StoreUnavailable.class);
        assertThat(here.atRam()).containsExactly(Keys.FIRST);
        here.pass(SOON);
        assertThat(here.scheduled()).containsExactly("AccessKeyDeleted", "AccessKeyCreated");
        assertThat(here.atRam()).hasSize(2).isEqualTo(here.keys.ids());
        assertThat(here.signerIsGood()).isTrue();
    }

    @Test
    void deactivatesALeakedKeyOnceRamKnowsIt() throws Exception {
        here.ram.seenLater(Duration.ofMinutes(4));
        here.compromised(Keys.FIRST);
        String second = here.keys.ids().getLast();
        assertThatThrownBy(() -> here.compromised(second)).isInstanceOf(StoreUnavailable.class);
        assertThat(here.keys.key(second).deactivationPending()).isTrue();
        here.pass(SOON);
        here.scheduled();
        assertThat(here.takenByRam()).doesNotContain(second);
        assertThat(here.keys.keyOwner().keys()).noneMatch(StoredKey::deactivationPending);
    }

    /** The user has two pairs: the first has long been out of use in both places. */
    private String compromisedLongAgo() throws Exception {
        here.compromised(Keys.FIRST);
        here.pass(Duration.ofHours(1));
        return here.keys.ids().getLast();
    }

    /** The first key verifies, and the second signs. */
    private String anotherRetires() throws Exception {
        here.pass(Keys.EVERY);
        here.scheduled();
        here.pass(SOON);
        here.scheduled();
        return here.keys.ids().getLast();
    }

    private List<String> deletions() throws StoreUnavailable {
        return here.keys.outbox().stream()
                .filter(event -> event.type().equals("AccessKeyDeleted"))
                .map(event -> event.id().substring("AccessKeyDeleted.".length()))
                .toList();
    }
}
