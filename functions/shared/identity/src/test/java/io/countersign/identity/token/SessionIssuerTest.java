package io.countersign.identity.token;

import static io.countersign.identity.TestRegistry.policy;
import static io.countersign.identity.TestToken.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.identity.CallerRefusal;
import io.countersign.identity.TestRegistry;
import io.countersign.identity.limits.SubjectLimits;
import io.countersign.registry.KeyStatus;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.testkit.Seeds;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SessionIssuerTest {
    private static final String OWN_FOLDER =
            policy("Allow", "oss:GetObject", "acs:oss:*:*:examplebucket/users/${jwt:sub}/*");

    private final TestRegistry registry = TestRegistry.with(OWN_FOLDER);
    private final SessionIssuer.SessionGrant alice = TestSessions.bearer(registry, "alice", Optional.empty());

    private SessionIssuer.IssuedSession issue(SessionIssuer.SessionGrant grant, Duration duration)
            throws CallerRefusal, StoreUnavailable {
        return new SessionIssuer(registry.registry(), new SubjectLimits(Seeds.secure()), Seeds.secure())
                .issue(grant, duration, NOW);
    }

    private void assertRefused(SessionIssuer.SessionGrant grant, Duration duration, CallerRefusal.Code error) {
        assertThatThrownBy(() -> issue(grant, duration))
                .isInstanceOfSatisfying(
                        CallerRefusal.class,
                        refusal -> assertThat(refusal.code()).isEqualTo(error));
    }

    /** A valid session policy of that many resources. */
    private static String sessionPolicy(int resources) {
        StringBuilder list = new StringBuilder();
        for (int i = 0; i < resources; i++) {
            list.append(i == 0 ? "" : ",").append("\"acs:oss:*:*:examplebucket/users/%04d*\"".formatted(i));
        }
        return "{\"Version\":\"1\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"oss:GetObject\",\"Resource\":["
                + list + "]}]}";
    }

    @ParameterizedTest
    @CsvSource({"PT14M59S", "PT1H1S", "PT0S", "-PT1H", "PT12H", "PT15M0.5S"})
    void aDurationThatTheRoleDoesNotAllowIsRefused(Duration duration) {
        assertRefused(alice, duration, CallerRefusal.Code.INVALID_DURATION);
    }

    @ParameterizedTest
    @CsvSource({"PT15M", "PT30M", "PT1H"})
    void aSessionLastsAsLongAsItWasAskedFor(Duration duration) throws Exception {
        assertThat(issue(alice, duration).expiration()).isEqualTo(NOW.plus(duration));
    }

    @Test
    void theExpirationIsInWholeSecondsWhateverTheMomentOfIssue() throws Exception {
        Instant now = NOW.plusMillis(987);
        SessionIssuer.IssuedSession session = new SessionIssuer(
                        registry.registry(), new SubjectLimits(Seeds.secure()), Seeds.secure())
                .issue(alice, TestSessions.HOUR, now);
        assertThat(session.expiration()).isEqualTo(NOW.plus(TestSessions.HOUR));
    }

    @Test
    void noTwoSessionsShareAnything() throws Exception {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 200; i++) {
            SessionIssuer.IssuedSession session = issue(alice, TestSessions.HOUR);
            assertThat(seen.add(session.accessKeyId())).isTrue();
            assertThat(seen.add(session.secret().reveal())).isTrue();
            assertThat(seen.add(session.token().reveal())).isTrue();
            assertThat(seen.add("nonce " + session.token().reveal().split("\\.", -1)[2]))
                    .isTrue();
        }
    }

    @Test
    void acceptsALongSessionPolicyAndRefusesLongClaimsWithIt() throws Exception {
        String longest = sessionPolicy(47);
        assertThat(longest).hasSizeBetween(1_900, 2_048);
        SessionIssuer.IssuedSession session =
                issue(TestSessions.bearer(registry, "alice", Optional.of(longest)), TestSessions.HOUR);
        assertThat(session.token().reveal()).hasSizeLessThanOrEqualTo(TokenText.MAX_LENGTH);
        assertThat(new SessionReader(registry.registry())
                        .open(session.accessKeyId(), session.token(), NOW)
                        .principal())
                .isEqualTo(session.principal());

        TestRegistry greedy = TestRegistry.with(
                OWN_FOLDER, policy("Allow", "oss:PutObject", "acs:oss:*:*:examplebucket/${jwt:a}/${jwt:b}/${jwt:c}/*"));
        String claim = "x".repeat(256);
        SessionIssuer.SessionGrant grant = TestSessions.bearerWith(
                greedy,
                "\"sub\":\"" + "y".repeat(255) + "\",\"a\":\"" + claim + "\",\"b\":\"" + claim + "\",\"c\":\"" + claim
                        + "\"",
                Optional.of(longest));
        assertRefused(grant, TestSessions.HOUR, CallerRefusal.Code.SESSION_TOO_LARGE);
    }

    @Test
    void theNewestTokenKeyThatIsDueSeals() throws Exception {
        registry.tokenKeys(
                registry.tokenKey("tk-old", KeyStatus.ACTIVE, NOW.minusSeconds(99), Optional.empty()),
                registry.tokenKey("tk-now", KeyStatus.ACTIVE, NOW, Optional.empty()),
                registry.tokenKey("tk-soon", KeyStatus.ACTIVE, NOW.plusMillis(1), Optional.empty()),
                registry.tokenKey("tk-gone", KeyStatus.RETIRING, NOW, Optional.of(NOW.plusSeconds(9))));
        assertThat(keyId(issue(alice, TestSessions.HOUR))).isEqualTo("tk-now");
        registry.tokenKeys(
                registry.tokenKey("tk-later", KeyStatus.ACTIVE, NOW.plusMillis(2), Optional.empty()),
                registry.tokenKey("tk-soon", KeyStatus.ACTIVE, NOW.plusMillis(1), Optional.empty()));
        assertThat(keyId(issue(alice, TestSessions.HOUR))).isEqualTo("tk-soon");
    }

    private static String keyId(SessionIssuer.IssuedSession session) {
        return TokenText.of(session.token()).sealed().orElseThrow().keyId();
    }

    @Test
    void withoutATokenKeyOrTheStoreNothingIsIssued() {
        registry.tokenKeys();
        assertThatThrownBy(() -> issue(alice, TestSessions.HOUR))
                .isInstanceOf(StoreUnavailable.class)
                .hasMessageContaining("apply");
        registry.tokenKeys(registry.tokenKey("tk-gone", KeyStatus.RETIRING, NOW, Optional.empty()));
        assertThatThrownBy(() -> issue(alice, TestSessions.HOUR)).isInstanceOf(StoreUnavailable.class);
        registry.store().down(true);
        assertThatThrownBy(() -> issue(alice, TestSessions.HOUR)).isInstanceOf(StoreUnavailable.class);
    }

    @Test
    void issuingWritesNothing() throws Exception {
        int writes = registry.store().writes();
        issue(alice, TestSessions.HOUR);
        assertThat(registry.store().writes()).isEqualTo(writes);
    }
}
