package io.countersign.rotate;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.registry.RevocationItem;
import io.countersign.rotate.sessions.ProviderName;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SubjectCompromiseTest {
    private static final String ARN = "acs:ram::" + Keys.ACCOUNT + ":oidc-provider/demo";
    private static final RevocationItem.Revocable.OfSubject ALICE = new RevocationItem.Revocable.OfSubject(
            new RevocationItem.Revocable.OfProvider(Keys.ACCOUNT, "demo"), "alice");

    private final Keys keys = new Keys();

    SubjectCompromiseTest() throws Exception {}

    private static IncomingEvent.SubjectCompromised event(String id, String provider) {
        return new IncomingEvent.SubjectCompromised(
                id, ProviderName.of(provider).orElseThrow(), "alice");
    }

    private Optional<Instant> revoked(RevocationItem.Revocable about) throws Exception {
        return keys.read(RevocationItem.key(about), RevocationItem::read);
    }

    @Test
    void revokesTheSubjectUpToNowAndTellsIt() throws Exception {
        assertThat(keys.done(event("lost-1", ARN))).containsExactly("SessionsRevoked");
        assertThat(revoked(ALICE)).contains(keys.now.truncatedTo(ChronoUnit.MILLIS));
        assertThat(revoked(ALICE.provider())).isEmpty();
        assertThat(keys.outbox())
                .singleElement()
                .satisfies(told -> assertThat(told.detail())
                        .contains(
                                "\"provider\":\"" + ARN + "\"", "\"subject\":\"alice\"", "\"cause\":\"compromised\""));
        assertThat(keys.audit("2026-11")).anySatisfy(record -> {
            assertThat(record.subject()).isEqualTo(ARN + " alice");
            assertThat(record.eventId()).isEqualTo("lost-1");
        });
    }

    @Test
    void aRepeatChangesNothingAndANewEventMovesTheMoment() throws Exception {
        keys.done(event("lost-1", "demo"));
        Instant first = revoked(ALICE).orElseThrow();
        keys.pass(Duration.ofMinutes(1));
        assertThat(keys.done(event("lost-1", "demo"))).containsExactly("SessionsRevoked");
        assertThat(revoked(ALICE)).contains(first);
        keys.done(event("lost-2", "demo"));
        assertThat(revoked(ALICE)).contains(first.plusSeconds(60));
        assertThat(keys.done(event("lost-3", "demo"))).as("nothing moved").isEmpty();
        assertThat(keys.outbox()).hasSize(2);
    }

    @Test
    void refusesAnUnknownProviderAndOneOfAnotherAccount() throws Exception {
        assertThat(keys.done(event("a", "nobody"))).containsExactly("NoSuchProvider");
        assertThat(keys.done(event("b", ARN.replace(Keys.ACCOUNT, "99")))).containsExactly("NoSuchProvider");
        assertThat(revoked(ALICE)).isEmpty();
        assertThat(keys.outbox()).isEmpty();
    }
}
