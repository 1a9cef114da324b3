package io.countersign.rotate;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.registry.KeyRegistry;
import io.countersign.registry.KeyStatus;
import io.countersign.registry.RevocationItem;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class CompromiseTest {
    private final Keys keys = new Keys();

    CompromiseTest() throws Exception {}

    @Test
    void theKeyIsOutOfUseAtOnceAndAnotherSignsAtOnce() throws Exception {
        assertThat(keys.compromised(Keys.FIRST))
                .containsExactly("AccessKeyDeactivated", "AccessKeyCreated", "SessionsRevoked");
        assertThat(keys.verifies(keys.reader(), Keys.FIRST)).isFalse();
        assertThat(keys.signs(keys.reader())).contains(keys.ids().getLast());
        assertThat(keys.statuses()).containsExactly(KeyStatus.INACTIVE, KeyStatus.ACTIVE);
        assertThat(keys.read(
                        RevocationItem.key(new RevocationItem.Revocable.OfAccessKey(Keys.FIRST)), RevocationItem::read))
                .contains(keys.now);
    }

    @Test
    void everyReaderFollowsWithinTheBoundOfItsCache() throws Exception {
        KeyRegistry reader = keys.reader();
        keys.signs(reader);
        assertThat(keys.verifies(reader, Keys.FIRST)).isTrue();
        keys.compromised(Keys.FIRST);
        keys.pass(Keys.BOUND);
        assertThat(keys.verifies(reader, Keys.FIRST)).isFalse();
        assertThat(keys.signs(reader)).contains(keys.ids().getLast());
    }

    @Test
    void aKeyThatIsBeingReplacedHasItsReplacementWhichSignsAtOnce() throws Exception {
        keys.pass(Keys.EVERY);
        keys.scheduled();
        String newer = keys.ids().getLast();
        assertThat(keys.compromised(Keys.FIRST)).containsExactly("AccessKeyDeactivated", "SessionsRevoked");
        assertThat(keys.signs(keys.reader())).contains(newer);
        assertThat(keys.key(newer).signsFrom()).isEqualTo(keys.now);
        assertThat(keys.ids()).containsExactly(Keys.FIRST, newer);
    }

    @Test
    void theNewKeyIsCompromisedWhileTheOldOneRetires() throws Exception {
        keys.pass(Keys.EVERY);
        keys.scheduled();
        keys.pass(Keys.BOUND);
        keys.scheduled();
        String second = keys.ids().getLast();
        assertThat(keys.compromised(second)).containsExactly("AccessKeyDeleted", "AccessKeyCreated", "SessionsRevoked");
        String third = keys.ids().getLast();
        assertThat(keys.ids()).containsExactly(Keys.FIRST, third);
        assertThat(keys.statuses()).containsExactly(KeyStatus.RETIRING, KeyStatus.ACTIVE);
        assertThat(keys.signs(keys.reader())).contains(third);
        assertThat(keys.verifies(keys.reader(), second)).isFalse();
        assertThat(keys.verifies(keys.reader(), Keys.FIRST)).isTrue();
        keys.pass(Keys.OVERLAP);
        assertThat(keys.scheduled()).containsExactly("AccessKeyDeactivated");
    }

    @Test
    void theNewKeyIsCompromisedWhileItWaitsAndTheNextOneReplacesTheOldOne() throws Exception {
        keys.pass(Keys.EVERY);
        keys.scheduled();
        String second = keys.ids().getLast();
        assertThat(keys.compromised(second)).containsExactly("AccessKeyDeleted", "AccessKeyCreated", "SessionsRevoked");
        String third = keys.ids().getLast();
        assertThat(keys.signs(keys.reader())).contains(third);
        assertThat(keys.scheduled()).containsExactly("AccessKeyRetiring");
        assertThat(keys.statuses()).containsExactly(KeyStatus.RETIRING, KeyStatus.ACTIVE);
        keys.pass(Keys.OVERLAP);
        assertThat(keys.scheduled()).containsExactly("AccessKeyDeactivated");
        keys.pass(Keys.EVERY);
        assertThat(keys.scheduled()).containsExactly("AccessKeyDeleted", "AccessKeyCreated");
    }

    @Test
    void theOldKeyIsCompromisedWhileItRetires() throws Exception {
        keys.pass(Keys.EVERY);
        keys.scheduled();
        keys.pass(Keys.BOUND);
        keys.scheduled();
        assertThat(keys.compromised(Keys.FIRST)).containsExactly("AccessKeyDeactivated", "SessionsRevoked");
        assertThat(keys.statuses()).containsExactly(KeyStatus.INACTIVE, KeyStatus.ACTIVE);
    }

    @Test
    void atTheLimitTheCompromisedKeyMakesRoom() throws Exception {
        keys.compromised(Keys.FIRST);
        String second = keys.ids().getLast();
        assertThat(keys.compromised(second)).containsExactly("AccessKeyDeleted", "AccessKeyCreated", "SessionsRevoked");
        assertThat(keys.pairsThatTheUserNames()).isEqualTo(2);
    }

    @Test
    void aCompromisedKeyIsRemovedWhenItsTimeHasCome() throws Exception {
        keys.compromised(Keys.FIRST);
        keys.pass(Duration.ofDays(30));
        assertThat(keys.scheduled()).containsExactly("AccessKeyDeleted");
    }

    @Test
    void anEventThatComesAgainChangesNothingAndIsAnsweredAsTheFirstWas() throws Exception {
        IncomingEvent event = new IncomingEvent.AccessKeyCompromised("leak-1", Keys.FIRST);
        EventAnswer first = keys.rotation.handle(event, keys.now);
        var state = keys.fixture.store.payloads();
        keys.pass(Duration.ofHours(23));
        assertThat(keys.rotation.handle(event, keys.now)).isEqualTo(first);
        assertThat(keys.fixture.store.payloads()).isEqualTo(state);
    }

    @Test
    void aSecondReportOfTheSameKeyMakesNoSecondReplacement() throws Exception {
        keys.compromised(Keys.FIRST);
        keys.pass(Duration.ofMinutes(1));
        var ids = keys.ids();
        assertThat(keys.compromised(Keys.FIRST)).doesNotContain("AccessKeyCreated", "AccessKeyDeleted");
        assertThat(keys.ids()).isEqualTo(ids);
    }

    @Test
    void anUnknownKeyIsRefusedAndADeletedOneNeedsNothing() throws Exception {
        assertThat(keys.compromised("LTAI5tNobodyNobodyNobody")).containsExactly("NoSuchAccessKey");
        keys.compromised(Keys.FIRST);
        keys.pass(Duration.ofDays(30));
        keys.scheduled();
        assertThat(keys.compromised(Keys.FIRST)).isEmpty();
    }

    @Test
    void anOlderManifestBringsNoKeyBackThatLeakedWhileItWasInactive() throws Exception {
        keys.fixture.apply(io.countersign.registry.Fixture.golden()
                .replace("signerSecretsignerSecretsigner\"}", "signerSecretsignerSecretsigner\", status: Inactive}"));
        assertThat(keys.compromised(Keys.FIRST)).containsExactly("SessionsRevoked");
        keys.apply();
        assertThat(keys.statuses()).containsExactly(KeyStatus.INACTIVE);
        assertThat(keys.verifies(keys.reader(), Keys.FIRST)).isFalse();
    }

    @Test
    void anAccountsOwnKeyIsReplacedToo() throws Exception {
        assertThat(keys.compromised("LTAI5tRootRootRootRootRo"))
                .containsExactly("AccessKeyDeactivated", "AccessKeyCreated", "SessionsRevoked");
        assertThat(keys.key("LTAI5tRootRootRootRootRo").status()).isEqualTo(KeyStatus.INACTIVE);
    }

    @Test
    void aKeyOfAUserAtRamIsOutOfUseHereThoughRamCannotBeNotified() throws Exception {
        keys.fixture.apply(io.countersign.registry.Fixture.golden()
                .replace(
                        "removeAfter: P30D}\n        authority: registry",
                        "removeAfter: P30D}\n        authority: ram"));
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> keys.compromised(Keys.FIRST))
                .isInstanceOf(io.countersign.registry.store.StoreUnavailable.class)
                .hasMessageContaining("RAM");
        assertThat(keys.verifies(keys.reader(), Keys.FIRST)).isFalse();
        assertThat(keys.outbox()).extracting(event -> event.type()).contains("RotationFailed", "SessionsRevoked");
    }
}
