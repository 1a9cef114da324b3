package io.countersign.rotate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.http.client.Transport;
import io.countersign.registry.AccessKeyItem;
import io.countersign.registry.Fixture;
import io.countersign.registry.KeyStatus;
import io.countersign.registry.Owner;
import io.countersign.registry.rotation.IntentItem;
import io.countersign.registry.rotation.OutboxItem;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.rotate.ram.RamFault;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** RAM answers what cannot be, the manifest changes in the middle of a rotation, clocks differ. */
class RamDoubtsTest {
    private static final Owner OWNER = new Owner.OfUser(Keys.ACCOUNT, RamKeys.USER);
    private static final Duration SOON = Duration.ofMinutes(6);

    private final RamKeys here = new RamKeys();

    RamDoubtsTest() throws Exception {}

    @AfterEach
    void stop() {
        here.close();
    }

    @Test
    void aNewKeyUnderAnIdThatIsHeldIsNoKey() throws Exception {
        here.pass(Keys.EVERY);
        String before = here.keys.fixture.item(AccessKeyItem.key(Keys.FIRST)).payload();
        Rotation lied = here.rotation(here.keys.fixture.store, http -> (uri, headers, body, timeout) -> {
            Transport.Answer answer = http.post(uri, headers, body, timeout);
            boolean created = headers.stream().anyMatch(header -> header.value().equals("CreateAccessKey"));
            return created
                    ? new Transport.Answer(
                            answer.status(), answer.date(), answer.body().replaceAll("LTAI5tMadeByRam\\d+", Keys.FIRST))
                    : answer;
        });
        assertThat(RamKeys.told(lied.handle(new IncomingEvent.Scheduled("lie"), here.keys.now)))
                .containsExactly("RotationFailed");
        assertThat(here.keys.outbox().getLast().detail()).contains("\"code\":\"RamUnusable\"");
        assertThat(here.keys.fixture.item(AccessKeyItem.key(Keys.FIRST)).payload())
                .isEqualTo(before);
        here.pass(SOON);
        assertThat(here.scheduled()).containsExactly("AccessKeyCreated");
        assertThat(here.atRam()).isEqualTo(here.keys.ids());
    }

    @Test
    void anIntentEndsWithItsUser() throws Exception {
        leaveAnIntent();
        here.keys.fixture.prune("accounts: []");
        assertThat(here.keys.read(IntentItem.key(OWNER), IntentItem::read)).isEmpty();
        assertThat(here.scheduled()).isEmpty();
    }

    @Test
    void anIntentEndsWhenTheKeysAreNotRamsAnyMore() throws Exception {
        leaveAnIntent();
        here.keys.fixture.apply(Fixture.golden());
        assertThat(here.keys.read(IntentItem.key(OWNER), IntentItem::read)).isEmpty();
        assertThat(here.requested(Keys.FIRST)).containsExactly("AccessKeyCreated");
        assertThat(here.keys.ids().getLast()).doesNotContain("MadeByRam");
    }

    @Test
    void keepsAnUnreportedLeakWhenTheAuthorityIsNoLongerRam() throws Exception {
        here.ram.goWrong(RamFault.DOWN, RamFault.DOWN, RamFault.DOWN);
        assertThatThrownBy(() -> here.compromised(Keys.FIRST)).isInstanceOf(StoreUnavailable.class);
        here.keys.fixture.apply(Fixture.golden());
        here.pass(SOON);
        assertThat(here.scheduled()).containsExactly("AccessKeyCreated", "RotationFailed");
        assertThat(here.keys.outbox().stream().map(OutboxItem.OutgoingEvent::detail))
                .anyMatch(detail -> detail.contains("\"code\":\"RamNotTold\"") && detail.contains(Keys.FIRST));
        here.pass(SOON);
        assertThat(here.scheduled()).isEmpty();
    }

    @Test
    void reportsALeakUnknownToRamWhenItsUserIsRemoved() throws Exception {
        here.ram.goWrong(RamFault.DOWN, RamFault.DOWN, RamFault.DOWN);
        assertThatThrownBy(() -> here.compromised(Keys.FIRST)).isInstanceOf(StoreUnavailable.class);
        assertThat(here.keys.fixture.prune("accounts: []").reported())
                .containsExactly("accessKey " + Keys.FIRST + " leaked and is not disabled in RAM yet; delete it there");
        assertThat(here.takenByRam()).containsExactly(Keys.FIRST);
    }

    @Test
    void aLeakedKeyThatTheManifestHadSetInactiveIsNotTheManifestsAnyMore() throws Exception {
        String inactive = RamKeys.manifest()
                .replace("signerSecretsignerSecretsigner\"}", "signerSecretsignerSecretsigner\", status: Inactive}");
        here.keys.fixture.apply(inactive);
        here.ram.goWrong(RamFault.DOWN, RamFault.DOWN, RamFault.DOWN);
        assertThatThrownBy(() -> here.compromised(Keys.FIRST)).isInstanceOf(StoreUnavailable.class);
        here.keys.fixture.apply(RamKeys.manifest());
        assertThat(here.keys.statuses()).containsExactly(KeyStatus.INACTIVE);
        here.pass(SOON);
        here.scheduled();
        assertThat(here.takenByRam()).isEmpty();
        here.keys.fixture.apply(RamKeys.manifest());
        assertThat(here.keys.statuses()).containsExactly(KeyStatus.INACTIVE);
    }

    @Test
    void aLostKeyIsDeletedThoughTheClockHereIsBehindRams() throws Exception {
        leaveAnIntent(Duration.ofMinutes(4));
        for (int minute = 0; minute < 20; minute++) {
            here.keys.pass(Duration.ofMinutes(1));
            here.ram.clock(here.keys.now.plus(Duration.ofMinutes(4)));
            here.scheduled();
        }
        assertThat(here.atRam()).containsExactly(Keys.FIRST);
        assertThat(here.keys.read(IntentItem.key(OWNER), IntentItem::read)).isEmpty();
    }

    @Test
    void anIntentIsNotOverBecauseTheClockHereIsAheadOfRams() throws Exception {
        leaveAnIntent(Duration.ofMinutes(-14));
        for (int minute = 0; minute < 9; minute++) {
            here.keys.pass(Duration.ofMinutes(1));
            here.ram.clock(here.keys.now.minus(Duration.ofMinutes(14)));
            here.scheduled();
            assertThat(here.atRam()).hasSize(2);
        }
        for (int minute = 0; minute < 20; minute++) {
            here.keys.pass(Duration.ofMinutes(1));
            here.ram.clock(here.keys.now.minus(Duration.ofMinutes(14)));
            here.scheduled();
        }
        assertThat(here.atRam()).containsExactly(Keys.FIRST);
    }

    private void leaveAnIntent() throws Exception {
        leaveAnIntent(Duration.ZERO);
    }

    /** A key was requested, and RAM's answer got lost. */
    private void leaveAnIntent(Duration ramIsAhead) throws Exception {
        here.pass(Duration.ofHours(1));
        here.ram.clock(here.keys.now.plus(ramIsAhead));
        here.ram.goWrong(RamFault.NONE, RamFault.LOST);
        assertThatThrownBy(() -> here.requested(Keys.FIRST)).isInstanceOf(StoreUnavailable.class);
        assertThat(here.keys.read(IntentItem.key(OWNER), IntentItem::read)).isPresent();
    }
}
