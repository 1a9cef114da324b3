package io.countersign.rotate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.registry.KeyStatus;
import io.countersign.registry.rotation.IntentItem;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.rotate.ram.RamFault;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RamRotationTest {
    private static final Duration SOON = Duration.ofMinutes(6);

    private final RamKeys here = new RamKeys();

    RamRotationTest() throws Exception {}

    @AfterEach
    void stop() {
        here.close();
    }

    @Test
    void aDueKeyIsReplacedThroughRamFromBeginningToEnd() throws Exception {
        here.pass(Keys.EVERY);
        assertThat(here.scheduled()).containsExactly("AccessKeyCreated");
        assertThat(here.ram.actions()).containsExactly("ListAccessKeys", "CreateAccessKey");
        String second = here.keys.ids().getLast();
        assertThat(here.atRam()).containsExactly(Keys.FIRST, second);
        assertThat(here.keys.signs(here.keys.reader())).contains(Keys.FIRST);
        here.pass(Keys.BOUND);
        assertThat(here.scheduled()).isEmpty();
        here.pass(SOON);
        assertThat(here.scheduled()).containsExactly("AccessKeyRetiring");
        assertThat(here.keys.signs(here.keys.reader())).contains(second);
        assertThat(here.signerIsGood()).isTrue();
        assertThat(here.takenByRam()).containsExactly(Keys.FIRST, second);
        here.pass(Keys.OVERLAP);
        assertThat(here.scheduled()).containsExactly("AccessKeyDeactivated");
        assertThat(here.takenByRam()).containsExactly(second);
        here.pass(Duration.ofDays(30));
        assertThat(here.scheduled()).containsExactly("AccessKeyDeleted");
        assertThat(here.atRam()).containsExactly(second);
        assertThat(here.keys.key(Keys.FIRST).status()).isEqualTo(KeyStatus.DELETED);
        noIntentIsLeft();
    }

    @Test
    void aRequestedKeyMakesRoomAtRamToo() throws Exception {
        here.pass(Duration.ofHours(1));
        here.compromised(Keys.FIRST);
        here.pass(Duration.ofHours(1));
        String second = here.keys.ids().getLast();
        assertThat(here.requested(second)).containsExactly("AccessKeyDeleted", "AccessKeyCreated");
        assertThat(here.atRam()).containsExactly(second, here.keys.ids().getLast());
        assertThat(here.ram.most()).isEqualTo(2);
    }

    @Test
    void keepsAnUnknownKeyOlderThanTheIntent() throws Exception {
        here.ram.put(RamKeys.USER, "LTAI5tSomebodysOwn", "s", here.keys.now.minusSeconds(1));
        here.pass(Keys.EVERY);
        assertThat(here.scheduled()).containsExactly("RotationFailed");
        assertThat(here.atRam()).containsExactly(Keys.FIRST, "LTAI5tSomebodysOwn");
        assertThat(here.ram.actions()).containsExactly("ListAccessKeys");
        assertThat(here.keys.outbox().getLast().detail())
                .contains("\"code\":\"RamUnknownKey\"")
                .contains("LTAI5tSomebodysOwn")
                .contains("delete it at RAM, or import it");
        here.pass(Duration.ofMinutes(1));
        assertThat(here.scheduled()).isEmpty();
        here.ram.remove(RamKeys.USER, "LTAI5tSomebodysOwn");
        here.pass(Duration.ofDays(1));
        assertThat(here.scheduled()).containsExactly("AccessKeyCreated");
        noIntentIsLeft();
    }

    @ParameterizedTest
    @EnumSource(
            value = RamFault.class,
            names = {"LOST", "BROKEN", "GARBLED", "HUGE", "REDIRECTED"})
    void aKeyWhoseSecretWasLostOnTheWayIsDeletedAndMadeAnew(RamFault fault) throws Exception {
        here.pass(Keys.EVERY);
        here.ram.goWrong(RamFault.NONE, fault);
        assertThat(here.scheduled()).containsExactly("RotationFailed");
        assertThat(here.atRam()).hasSize(2);
        String orphan = here.atRam().getLast();
        assertThat(here.keys.ids()).containsExactly(Keys.FIRST);
        here.ram.forget();
        here.pass(Duration.ofDays(1));
        assertThat(here.scheduled()).containsExactly("AccessKeyCreated");
        assertThat(here.ram.actions()).containsExactly("ListAccessKeys", "DeleteAccessKey", "CreateAccessKey");
        assertThat(here.atRam()).doesNotContain(orphan).isEqualTo(here.keys.ids());
        assertThat(here.ram.most()).isEqualTo(2);
        noIntentIsLeft();
    }

    @Test
    void removesALostKeyWithoutAnotherRequest() throws Exception {
        here.pass(Duration.ofHours(1));
        here.ram.goWrong(RamFault.NONE, RamFault.LOST);
        assertThatThrownBy(() -> here.requested(Keys.FIRST))
                .isInstanceOf(StoreUnavailable.class)
                .hasMessageContaining("send the event again");
        assertThat(here.atRam()).hasSize(2);
        here.pass(Duration.ofMinutes(5));
        here.scheduled();
        assertThat(here.atRam()).hasSize(2);
        here.pass(Duration.ofMinutes(6));
        assertThat(here.scheduled()).isEmpty();
        assertThat(here.atRam()).containsExactly(Keys.FIRST);
        noIntentIsLeft();
    }

    @Test
    void aForeignKeyThatCameSinceALostOneIsToldApartByItsAge() throws Exception {
        here.pass(Keys.EVERY);
        here.ram.goWrong(RamFault.NONE, RamFault.DOWN);
        here.scheduled();
        here.ram.put(RamKeys.USER, "LTAI5tSomebodysOwn", "s", here.keys.now.minusSeconds(1));
        here.pass(SOON);
        assertThat(here.scheduled()).containsExactly("RotationFailed");
        assertThat(here.atRam()).containsExactly(Keys.FIRST, "LTAI5tSomebodysOwn");
    }

    @ParameterizedTest
    @EnumSource(
            value = RamFault.class,
            names = {"THROTTLED", "TOO_MANY"})
    void throttlingIsWaitedOut(RamFault fault) throws Exception {
        here.pass(Keys.EVERY);
        here.ram.goWrong(fault, fault, RamFault.NONE, fault, fault);
        assertThat(here.scheduled()).containsExactly("AccessKeyCreated");
        assertThat(here.ram.most()).isEqualTo(2);
    }

    @Test
    void retriesAnOutageOfRamSoonAndReportsItOnceADay() throws Exception {
        here.pass(Keys.EVERY);
        here.ram.goWrong(RamFault.DOWN, RamFault.DOWN, RamFault.DOWN);
        assertThat(here.scheduled()).containsExactly("RotationFailed");
        assertThat(here.keys.outbox().getLast().detail()).contains("\"code\":\"RamUnavailable\"");
        here.pass(SOON);
        here.ram.goWrong(RamFault.DOWN, RamFault.DOWN, RamFault.DOWN);
        assertThat(here.scheduled()).isEmpty();
        here.pass(SOON);
        assertThat(here.scheduled()).containsExactly("AccessKeyCreated");
    }

    @Test
    void namesTheMissingRight() throws Exception {
        here.pass(Keys.EVERY);
        here.ram.goWrong(RamFault.NO_PERMISSION);
        assertThat(here.scheduled()).containsExactly("RotationFailed");
        assertThat(here.keys.outbox().getLast().detail())
                .contains("\"code\":\"RamNoPermission\"")
                .contains("ram:ListAccessKeys");
    }

    @Test
    void keepsAKeyMadeByHandAfterARefusalOfRam() throws Exception {
        here.pass(Keys.EVERY);
        here.ram.goWrong(RamFault.NONE, RamFault.NO_PERMISSION);
        assertThat(here.scheduled()).containsExactly("RotationFailed");
        assertThat(here.keys.outbox().getLast().detail()).contains("ram:CreateAccessKey");
        noIntentIsLeft();
        here.ram.put(RamKeys.USER, "LTAI5tMadeByHand", "s", here.keys.now.plusSeconds(1));
        here.pass(Duration.ofDays(1));
        assertThat(here.scheduled()).containsExactly("RotationFailed");
        assertThat(here.atRam()).containsExactly(Keys.FIRST, "LTAI5tMadeByHand");
    }

    @Test
    void reportsAKeyThatRamNoLongerAccepts() throws Exception {
        here.pass(Keys.EVERY);
        here.ram.deactivate(RamKeys.USER, Keys.FIRST);
        assertThat(here.scheduled()).containsExactly("RotationFailed");
        assertThat(here.keys.outbox().getLast().detail())
                .contains("\"code\":\"RamNoSigner\"")
                .contains("import it with apply");
    }

    @Test
    void reportsAUserUnknownToRam() throws Exception {
        here.pass(Keys.EVERY);
        here.ram.put("other", Keys.FIRST, RamKeys.SECRET, here.keys.now);
        here.ram.remove(RamKeys.USER, Keys.FIRST);
        assertThat(here.scheduled()).containsExactly("RotationFailed");
        assertThat(here.keys.outbox().getLast().detail()).contains("\"code\":\"RamNoPermission\"");
    }

    @Test
    void namesAKeyDeletedHereThatRamStillHas() throws Exception {
        here.pass(Keys.EVERY);
        here.scheduled();
        here.pass(SOON);
        here.scheduled();
        String second = here.keys.ids().getLast();
        here.pass(Keys.OVERLAP);
        here.scheduled();
        here.pass(Duration.ofDays(30));
        here.scheduled();
        here.ram.put(RamKeys.USER, Keys.FIRST, RamKeys.SECRET, here.keys.now);
        here.pass(Keys.EVERY);
        assertThat(here.scheduled()).containsExactly("RotationFailed");
        assertThat(here.keys.outbox().getLast().detail())
                .contains("\"code\":\"RamPairLimit\"")
                .contains(Keys.FIRST)
                .contains("delete it at RAM");
        assertThat(here.atRam()).containsExactly(second, Keys.FIRST);
    }

    @Test
    void aKeyThatIsNotAtRamAnyMoreIsAsGoodAsDeactivatedAndDeleted() throws Exception {
        here.pass(Keys.EVERY);
        here.scheduled();
        here.pass(SOON);
        here.scheduled();
        here.ram.remove(RamKeys.USER, Keys.FIRST);
        here.pass(Keys.OVERLAP);
        assertThat(here.scheduled()).containsExactly("AccessKeyDeactivated");
        here.pass(Duration.ofDays(30));
        assertThat(here.scheduled()).containsExactly("AccessKeyDeleted");
    }

    @Test
    void noEventHoldsASecret() throws Exception {
        here.pass(Keys.EVERY);
        here.ram.goWrong(RamFault.NONE, RamFault.GARBLED);
        here.scheduled();
        here.pass(Duration.ofDays(1));
        here.scheduled();
        assertThat(here.keys.outbox()).hasSizeGreaterThan(1);
        assertThat(here.keys.fixture.store.payloads().values())
                .noneMatch(payload -> payload.contains("ramMadeThisSecret") || payload.contains(RamKeys.SECRET));
    }

    @Test
    void ofTwoProcessesAtOnceOneMakesTheKey() throws Exception {
        here.pass(Keys.EVERY);
        List<Boolean> once = new java.util.ArrayList<>();
        Rotation slow = here.rotation(here.keys.fixture.store, http -> (uri, headers, body, timeout) -> {
            var answer = http.post(uri, headers, body, timeout);
            boolean created = headers.stream().anyMatch(header -> header.value().equals("CreateAccessKey"));
            if (created && once.isEmpty()) {
                once.add(true);
                // While the answer is on its way, another process finds the intent and the key, and takes both over.
                unchecked(here);
            }
            return answer;
        });
        slow.handle(new IncomingEvent.Scheduled(here.keys.newId()), here.keys.now);
        assertThat(here.keys.ids()).hasSize(2).isEqualTo(here.atRam());
        assertThat(here.ram.most()).isEqualTo(2);
        here.pass(SOON);
        here.scheduled();
        assertThat(here.signerIsGood()).isTrue();
        here.pass(SOON);
        here.scheduled();
        noIntentIsLeft();
    }

    private void noIntentIsLeft() throws Exception {
        assertThat(here.keys.read(IntentItem.key(here.keys.keyOwner().owner()), IntentItem::read))
                .isEmpty();
    }

    private static void unchecked(RamKeys other) {
        try {
            other.scheduled();
        } catch (StoreUnavailable e) {
            throw new AssertionError(e);
        }
    }
}
