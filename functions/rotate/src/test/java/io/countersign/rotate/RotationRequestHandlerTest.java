package io.countersign.rotate;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.registry.KeyStatus;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RotationRequestHandlerTest {
    private final Keys keys = new Keys();

    RotationRequestHandlerTest() throws Exception {}

    @Test
    void aRequestDoesNowWhatWouldBeDue() throws Exception {
        assertThat(keys.requested(Keys.FIRST)).containsExactly("AccessKeyCreated");
        assertThat(keys.signs(keys.reader())).contains(Keys.FIRST);
        keys.pass(Keys.BOUND);
        assertThat(keys.scheduled()).containsExactly("AccessKeyRetiring");
        assertThat(keys.signs(keys.reader())).contains(keys.ids().getLast());
    }

    @Test
    void whileOneIsReplacedNoOtherIs() throws Exception {
        keys.requested(Keys.FIRST);
        assertThat(keys.requested(Keys.FIRST)).containsExactly("RotationInProgress");
        keys.pass(Keys.BOUND);
        keys.scheduled();
        assertThat(keys.requested(keys.ids().getLast())).containsExactly("RotationInProgress");
        assertThat(keys.requested(Keys.FIRST)).containsExactly("RotationInProgress");
    }

    @Test
    void aKeyThatHasHadItsDayMakesRoom() throws Exception {
        keys.requested(Keys.FIRST);
        keys.pass(Keys.BOUND);
        keys.scheduled();
        keys.pass(Keys.OVERLAP);
        keys.scheduled();
        assertThat(keys.statuses()).containsExactly(KeyStatus.INACTIVE, KeyStatus.ACTIVE);
        assertThat(keys.requested(keys.ids().getLast())).containsExactly("AccessKeyDeleted", "AccessKeyCreated");
        assertThat(keys.pairsThatTheUserNames()).isEqualTo(2);
    }

    @Test
    void aKeyThatIsNotActiveOrNotThereIsRefused() throws Exception {
        assertThat(keys.requested("LTAI5tNobodyNobodyNobody")).containsExactly("NoSuchAccessKey");
        assertThat(keys.requested("LTAI5tOldRootOldRootOldR")).containsExactly("AccessKeyNotActive");
    }

    @Test
    void anIdIsRememberedForADay() throws Exception {
        IncomingEvent event = new IncomingEvent.AccessKeyRotationRequested("ask-1", Keys.FIRST);
        assertThat(keys.done(event)).containsExactly("AccessKeyCreated");
        keys.pass(Duration.ofDays(1).minusMillis(1));
        assertThat(keys.done(event)).containsExactly("AccessKeyCreated");
        assertThat(keys.ids()).hasSize(2);
        assertThat(keys.done(new IncomingEvent.AccessKeyCompromised("ask-1", Keys.FIRST)))
                .containsExactly("EventIdReused");
        keys.pass(Duration.ofMillis(1));
        assertThat(keys.done(event)).containsExactly("RotationInProgress");
    }

    @Test
    void aFailureIsToldAndRefused() throws Exception {
        keys.fixture.apply(io.countersign.registry.Fixture.golden()
                .replace(
                        "removeAfter: P30D}\n        authority: registry",
                        "removeAfter: P30D}\n        authority: ram"));
        assertThat(keys.requested(Keys.FIRST)).containsExactly("RotationFailed");
        assertThat(keys.outbox()).extracting(event -> event.type()).containsExactly("RotationFailed");
        assertThat(keys.ids()).containsExactly(Keys.FIRST);
    }
}
