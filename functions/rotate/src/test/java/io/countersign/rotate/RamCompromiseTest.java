package io.countersign.rotate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.registry.KeyStatus;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.rotate.ram.RamFault;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RamCompromiseTest {
    private static final Duration SOON = Duration.ofMinutes(6);

    private final RamKeys here = new RamKeys();

    RamCompromiseTest() throws Exception {}

    @AfterEach
    void stop() {
        here.close();
    }

    @Test
    void theOnlyKeySignsForItsReplacementWhichPutsItOutOfUse() throws Exception {
        assertThat(here.compromised(Keys.FIRST))
                .containsExactly("AccessKeyDeactivated", "SessionsRevoked", "AccessKeyCreated");
        assertThat(here.ram.actions()).containsExactly("ListAccessKeys", "CreateAccessKey", "UpdateAccessKey");
        String second = here.keys.ids().getLast();
        assertThat(here.ram.requests().getLast().headers().get("authorization")).contains("Credential=" + second);
        assertThat(here.takenByRam()).containsExactly(second);
        assertThat(here.keys.statuses()).containsExactly(KeyStatus.INACTIVE, KeyStatus.ACTIVE);
        assertThat(here.keys.key(Keys.FIRST).deactivationPending()).isFalse();
        assertThat(here.signerIsGood()).isTrue();
    }

    @Test
    void aReplacementThatRamDoesNotKnowYetLeavesItToTheKeyItself() throws Exception {
        here.ram.seenLater(Duration.ofMinutes(1));
        here.compromised(Keys.FIRST);
        assertThat(here.ram.requests().getLast().headers().get("authorization")).contains("Credential=" + Keys.FIRST);
        assertThat(here.takenByRam()).containsExactly(here.keys.ids().getLast());
    }

    @Test
    void theRegistryComesFirstWhateverRamAnswers() throws Exception {
        here.ram.goWrong(RamFault.DOWN, RamFault.DOWN, RamFault.DOWN);
        assertThatThrownBy(() -> here.compromised(Keys.FIRST))
                .isInstanceOf(StoreUnavailable.class)
                .hasMessageContaining("inactive in the registry, but not at its authority");
        assertThat(here.keys.verifies(here.keys.reader(), Keys.FIRST)).isFalse();
        assertThat(here.keys.outbox())
                .extracting(event -> event.type())
                .containsExactlyInAnyOrder("AccessKeyDeactivated", "SessionsRevoked", "RotationFailed");
        assertThat(here.takenByRam()).containsExactly(Keys.FIRST);
        here.pass(SOON);
        assertThat(here.scheduled()).containsExactly("AccessKeyCreated");
        assertThat(here.takenByRam()).containsExactly(here.keys.ids().getLast());
        assertThat(here.signerIsGood()).isTrue();
    }

    @Test
    void theEventSentAgainGoesOnToo() throws Exception {
        here.ram.goWrong(RamFault.DOWN, RamFault.DOWN, RamFault.DOWN);
        var event = new IncomingEvent.AccessKeyCompromised("leak", Keys.FIRST);
        assertThatThrownBy(() -> here.rotation.handle(event, here.keys.now)).isInstanceOf(StoreUnavailable.class);
        here.pass(Duration.ofSeconds(10));
        EventAnswer answer = here.rotation.handle(event, here.keys.now);
        assertThat(RamKeys.told(answer)).contains("AccessKeyCreated");
        assertThat(here.rotation.handle(event, here.keys.now)).isEqualTo(answer);
        assertThat(here.takenByRam()).containsExactly(here.keys.ids().getLast());
    }

    @Test
    void deactivatesALeakedKeyDespiteAnUnknownOne() throws Exception {
        here.ram.put(RamKeys.USER, "LTAI5tSomebodysOwn", "s", here.keys.now.minusSeconds(1));
        assertThat(here.compromised(Keys.FIRST))
                .containsExactly("AccessKeyDeactivated", "SessionsRevoked", "RotationFailed");
        assertThat(here.takenByRam()).containsExactly("LTAI5tSomebodysOwn");
        assertThat(here.keys.outbox()).anyMatch(event -> event.detail().contains("\"code\":\"RamUnknownKey\""));
    }

    @Test
    void theNewKeyIsCompromisedWhileTheOldOneRetires() throws Exception {
        here.pass(Keys.EVERY);
        here.scheduled();
        here.pass(SOON);
        here.scheduled();
        String second = here.keys.ids().getLast();
        here.ram.forget();
        assertThat(here.compromised(second))
                .containsExactly("AccessKeyDeactivated", "SessionsRevoked", "AccessKeyDeleted", "AccessKeyCreated");
        assertThat(here.ram.actions()).containsExactly("DeleteAccessKey", "ListAccessKeys", "CreateAccessKey");
        assertThat(here.ram.requests())
                .allMatch(request -> request.headers().get("authorization").contains("Credential=" + Keys.FIRST));
        assertThat(here.keys.statuses()).containsExactly(KeyStatus.RETIRING, KeyStatus.ACTIVE);
        assertThat(here.atRam()).isEqualTo(here.keys.ids());
        assertThat(here.signerIsGood()).isTrue();
    }

    @Test
    void theOldKeyIsCompromisedWhileItRetires() throws Exception {
        here.pass(Keys.EVERY);
        here.scheduled();
        here.pass(SOON);
        here.scheduled();
        assertThat(here.compromised(Keys.FIRST)).containsExactly("AccessKeyDeactivated", "SessionsRevoked");
        assertThat(here.takenByRam()).containsExactly(here.keys.ids().getLast());
    }

    @Test
    void aKeyThatIsBeingReplacedHasItsReplacementWhichSignsAtOnce() throws Exception {
        here.pass(Keys.EVERY);
        here.scheduled();
        assertThat(here.compromised(Keys.FIRST)).containsExactly("AccessKeyDeactivated", "SessionsRevoked");
        assertThat(here.keys.signs(here.keys.reader())).contains(here.keys.ids().getLast());
        assertThat(here.takenByRam()).containsExactly(here.keys.ids().getLast());
    }

    @Test
    void replacesTheOlderKeyAfterACompromisedSuccessor() throws Exception {
        here.pass(Duration.ofHours(1));
        here.requested(Keys.FIRST);
        String second = here.keys.ids().getLast();
        assertThat(here.compromised(second))
                .containsExactly("AccessKeyDeactivated", "SessionsRevoked", "AccessKeyDeleted", "AccessKeyCreated");
        assertThat(here.scheduled()).containsExactly("AccessKeyRetiring");
        assertThat(here.keys.statuses()).containsExactly(KeyStatus.RETIRING, KeyStatus.ACTIVE);
        assertThat(here.atRam()).isEqualTo(here.keys.ids()).doesNotContain(second);
    }

    @Test
    void atTheLimitWhatSignsNowhereMakesRoom() throws Exception {
        here.compromised(Keys.FIRST);
        here.pass(Duration.ofHours(1));
        String second = here.keys.ids().getLast();
        assertThat(here.compromised(second))
                .containsExactly("AccessKeyDeactivated", "SessionsRevoked", "AccessKeyDeleted", "AccessKeyCreated");
        assertThat(here.atRam()).isEqualTo(here.keys.ids());
        assertThat(here.keys.ids()).hasSize(2).startsWith(second);
        assertThat(here.takenByRam()).containsExactly(here.keys.ids().getLast());
        assertThat(here.ram.most()).isEqualTo(2);
    }

    @Test
    void bothKeysAreCompromisedWhileRamIsDown() throws Exception {
        here.pass(Keys.EVERY);
        here.scheduled();
        String second = here.keys.ids().getLast();
        for (String leaked : new String[] {Keys.FIRST, second}) {
            here.ram.goWrong(RamFault.DOWN, RamFault.DOWN, RamFault.DOWN);
            assertThatThrownBy(() -> here.compromised(leaked)).isInstanceOf(StoreUnavailable.class);
        }
        assertThat(here.keys.statuses()).containsExactly(KeyStatus.INACTIVE, KeyStatus.INACTIVE);
        here.pass(SOON);
        here.scheduled();
        assertThat(here.takenByRam()).hasSize(1).doesNotContain(Keys.FIRST, second);
        assertThat(here.signerIsGood()).isTrue();
        assertThat(here.ram.most()).isEqualTo(2);
    }

    @Test
    void aKeyThatTheManifestSetInactiveIsOnlyPutOutOfUseAtRam() throws Exception {
        here.keys.fixture.apply(RamKeys.manifest()
                .replace("signerSecretsignerSecretsigner\"}", "signerSecretsignerSecretsigner\", status: Inactive}"));
        assertThat(here.compromised(Keys.FIRST)).containsExactly("SessionsRevoked");
        assertThat(here.takenByRam()).isEmpty();
        assertThat(here.keys.statuses()).containsExactly(KeyStatus.INACTIVE);
    }

    @Test
    void aSecondReportChangesNothingMore() throws Exception {
        here.compromised(Keys.FIRST);
        here.pass(Duration.ofHours(1));
        var ids = here.keys.ids();
        assertThat(here.compromised(Keys.FIRST)).containsExactly("SessionsRevoked");
        assertThat(here.keys.ids()).isEqualTo(ids);
        assertThat(here.keys.key(Keys.FIRST).deactivationPending()).isFalse();
    }
}
