package io.countersign.rotate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.http.client.Transport;
import io.countersign.registry.KeyStatus;
import io.countersign.registry.rotation.IntentItem;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.rotate.ram.RamFault;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Processes that are at the keys of one user at once, and whose clocks differ. */
class RamOvertakenTest {
    private final RamKeys here = new RamKeys();

    RamOvertakenTest() throws Exception {}

    @AfterEach
    void stop() {
        here.close();
    }

    /** Three processes: the first asks for a key long before RAM makes it, the second's key leaks, and the third has made room for its own when it comes. */
    @Test
    void aKeyThatTurnsUpAfterAnotherWasMadeInItsPlaceIsDeleted() throws Exception {
        String second = compromisedLongAgo();
        here.ram.forget();
        Rotation slow = around("CreateAccessKey", post -> {
            here.requested(second);
            List<Transport.Answer> late = new ArrayList<>();
            Rotation last = around("DeleteAccessKey", delete -> {
                Transport.Answer answer = delete.make();
                late.add(post.make());
                return answer;
            });
            last.handle(
                    new IncomingEvent.AccessKeyCompromised(
                            "leak", here.keys.ids().getLast()),
                    here.keys.now);
            return late.getFirst();
        });
        slow.handle(new IncomingEvent.AccessKeyRotationRequested("slow", second), here.keys.now);
        assertThat(here.keys.ids()).hasSize(2).startsWith(second);
        assertThat(here.atRam()).isEqualTo(here.keys.ids());
        here.pass(Duration.ofMinutes(11));
        here.scheduled();
        noIntentIsLeft();
        assertThat(here.atRam()).isEqualTo(here.keys.ids());
        assertThat(here.signerIsGood()).isTrue();
    }

    /** The process that made it had a clock that was ahead. */
    @Test
    void aKeyThatLeaksBeforeItWasMadeByTheClockHereMakesRoomAsAnyOther() throws Exception {
        here.compromised(Keys.FIRST);
        String second = here.keys.ids().getLast();
        here.rotation.handle(new IncomingEvent.AccessKeyCompromised("leak", second), here.keys.now.minusSeconds(2));
        String third = here.keys.keyOwner().newestActive().orElseThrow().id();
        here.pass(Duration.ofHours(1));
        assertThat(here.requested(third)).containsExactly("AccessKeyDeleted", "AccessKeyCreated");
        assertThat(here.keys.key(second).status()).isEqualTo(KeyStatus.DELETED);
    }

    @Test
    void removesALostKeyDespiteADailyRefusal() throws Exception {
        here.pass(Keys.EVERY);
        here.ram.goWrong(RamFault.NONE, RamFault.LOST);
        here.scheduled();
        assertThat(here.atRam()).hasSize(2);
        String secret = "{id: LTAI5tSignerSignerSigner, secret: \"signerSecretsignerSecretsigner\"}";
        here.keys.fixture.apply(RamKeys.manifest()
                .replace(secret, secret + "\n          - {id: LTAI5tSecond, secret: second, status: Inactive}"));
        here.pass(Duration.ofMinutes(11));
        assertThat(here.scheduled()).containsOnly("RotationFailed");
        assertThat(here.keys.outbox().getLast().detail()).contains("KeyPairLimit");
        assertThat(here.atRam()).containsExactly(Keys.FIRST);
        noIntentIsLeft();
    }

    @Test
    void keepsAKeyMadeByHandAfterRamRefusedAnother() throws Exception {
        String second = compromisedLongAgo();
        Rotation slow = around("CreateAccessKey", post -> {
            here.ram.put(RamKeys.USER, "LTAI5tMadeByHand", "s", here.keys.now.plusSeconds(1));
            return post.make();
        });
        assertThatThrownBy(
                        () -> slow.handle(new IncomingEvent.AccessKeyRotationRequested("slow", second), here.keys.now))
                .isInstanceOf(StoreUnavailable.class);
        noIntentIsLeft();
        here.pass(Duration.ofMinutes(11));
        here.scheduled();
        assertThat(here.atRam()).containsExactly(second, "LTAI5tMadeByHand");
    }

    private interface Post {
        Transport.Answer make() throws IOException;
    }

    private interface Around {
        Transport.Answer post(Post post) throws IOException, StoreUnavailable;
    }

    /** A process in whose first such call something else happens. */
    private Rotation around(String action, Around around) {
        List<Boolean> once = new ArrayList<>();
        UnaryOperator<Transport> transport = http -> (uri, headers, body, timeout) -> {
            Post post = () -> http.post(uri, headers, body, timeout);
            boolean called = headers.stream().anyMatch(header -> header.value().equals(action));
            if (!called || !once.isEmpty()) {
                return post.make();
            }
            once.add(true);
            try {
                return around.post(post);
            } catch (StoreUnavailable e) {
                throw new AssertionError(e);
            }
        };
        return here.rotation(here.keys.fixture.store, transport);
    }

    /** The user has two pairs: the first has long been out of use in both places. */
    private String compromisedLongAgo() throws Exception {
        here.compromised(Keys.FIRST);
        here.pass(Duration.ofHours(1));
        return here.keys.ids().getLast();
    }

    private void noIntentIsLeft() throws Exception {
        assertThat(here.keys.read(IntentItem.key(here.keys.keyOwner().owner()), IntentItem::read))
                .isEmpty();
    }
}
