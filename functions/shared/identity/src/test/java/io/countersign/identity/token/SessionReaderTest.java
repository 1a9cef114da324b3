package io.countersign.identity.token;

import static io.countersign.identity.TestRegistry.ACCOUNT;
import static io.countersign.identity.TestRegistry.OTHER_ACCOUNT;
import static io.countersign.identity.TestRegistry.ROLE;
import static io.countersign.identity.TestRegistry.TRUST;
import static io.countersign.identity.TestRegistry.policy;
import static io.countersign.identity.TestToken.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.identity.TestRegistry;
import io.countersign.oss.OssError;
import io.countersign.oss.OssRefusal;
import io.countersign.registry.CacheSettings;
import io.countersign.registry.KeyStatus;
import io.countersign.registry.ProviderItem;
import io.countersign.registry.RevocationItem;
import io.countersign.registry.Revocations;
import io.countersign.registry.RoleFaces;
import io.countersign.registry.RoleItem;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.signing.SecurityToken;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SessionReaderTest {
    private static final String PARENT = "LTAI5tParentParentParent";
    private static final String READ = policy("Allow", "oss:GetObject", "acs:oss:*:*:examplebucket/*");
    private static final String WRITE = policy("Allow", "oss:PutObject", "acs:oss:*:*:examplebucket/*");
    private static final String OWN_FOLDER =
            policy("Allow", "oss:GetObject", "acs:oss:*:*:examplebucket/users/${jwt:sub}/*");

    private final TestRegistry registry =
            TestRegistry.with(OWN_FOLDER).signer(PARENT, "secret-of-parent", KeyStatus.ACTIVE);
    /** Remembers what it opened: every test that opens twice asks about a token that is remembered. */
    private final SessionReader reader = new SessionReader(registry.registry());

    private SessionReader.OpenedSession open(SessionIssuer.IssuedSession session, Instant now)
            throws OssRefusal, StoreUnavailable {
        return reader.open(session.accessKeyId(), session.token(), now);
    }

    private void assertOpens(SessionIssuer.IssuedSession session) {
        try {
            assertThat(open(session, NOW).roleId()).isEqualTo(session.roleId());
            assertThat(new SessionReader(registry.registry())
                            .open(session.accessKeyId(), session.token(), NOW)
                            .roleId())
                    .isEqualTo(session.roleId());
        } catch (OssRefusal | StoreUnavailable e) {
            throw new AssertionError(e);
        }
    }

    private void assertRefused(SessionIssuer.IssuedSession session, Instant now, OssError error) {
        assertRefused(reader, session.accessKeyId(), session.token(), now, error);
        assertRefused(new SessionReader(registry.registry()), session.accessKeyId(), session.token(), now, error);
    }

    private static void assertRefused(
            SessionReader reader, String accessKeyId, SecurityToken token, Instant now, OssError error) {
        assertThatThrownBy(() -> reader.open(accessKeyId, token, now))
                .isInstanceOfSatisfying(
                        OssRefusal.class, refusal -> assertThat(refusal.error()).isEqualTo(error));
    }

    private void assertEnded(SessionIssuer.IssuedSession session) {
        assertRefused(session, NOW, OssError.INVALID_SECURITY_TOKEN);
    }

    private SessionIssuer.IssuedSession ofParent() {
        return TestSessions.issue(registry, TestSessions.parent(registry, PARENT, Optional.empty()), NOW);
    }

    @Test
    void aBearersSessionIsWhatWasIssued() throws Exception {
        SessionIssuer.SessionGrant grant = TestSessions.bearer(registry, "alice", Optional.of(READ));
        SessionIssuer.IssuedSession issued = TestSessions.issue(registry, grant, NOW);
        for (int i = 0; i < 2; i++) {
            SessionReader.OpenedSession opened = open(issued, NOW);
            assertThat(opened.accessKeyId()).isEqualTo(issued.accessKeyId());
            assertThat(opened.secret().reveal()).isEqualTo(issued.secret().reveal());
            assertThat(opened.principal()).isEqualTo(issued.principal());
            assertThat(opened.principal())
                    .isEqualTo(((SessionIssuer.SessionGrant.OfBearer) grant)
                            .caller()
                            .principal());
            assertThat(opened.principal().arn()).isEqualTo("acs:ram::" + ACCOUNT + ":role/" + ROLE + "/alice");
            assertThat(opened.roleId()).isEqualTo("role-id-of-" + ROLE);
            assertThat(opened.subject()).contains("alice");
            assertThat(opened.expiration()).isEqualTo(NOW.plus(TestSessions.HOUR));
        }
    }

    /** What was made before the role was restricted ends, like what a face made that forgot to ask. */
    @Test
    void aSessionEndsWhereNoFaceMakesSessionsOfItsRole() {
        List<SessionIssuer.IssuedSession> sessions = List.of(TestSessions.alice(registry), ofParent());
        sessions.forEach(this::assertOpens);
        for (RoleFaces.Face face : RoleFaces.Face.values()) {
            registry.facing(face).role(ACCOUNT, ROLE, TRUST, OWN_FOLDER);
            for (SessionIssuer.IssuedSession session : sessions) {
                switch (face) {
                    case TOKEN, STS -> assertOpens(session);
                    case PRESIGN, POST_POLICY, SIGN_CONTENT, UPLOADS -> assertEnded(session);
                }
            }
        }
    }

    @Test
    void anAccessKeysSessionIsWhatWasIssued() throws Exception {
        SessionIssuer.IssuedSession issued =
                TestSessions.issue(registry, TestSessions.parent(registry, PARENT, Optional.of(READ)), NOW);
        SessionReader.OpenedSession opened = open(issued, NOW);
        assertThat(opened.principal()).isEqualTo(issued.principal());
        assertThat(opened.principal().sessionName()).isEqualTo("job-1");
        // The role trusts a provider, who might vouch for somebody of that name.
        assertThat(opened.subject()).isEmpty();
        assertThat(opened.principal().session()).isPresent();
        assertThat(opened.principal().policies().getFirst().canAllow()).isFalse();
    }

    @Test
    void givesEachSubjectAUniqueName() throws Exception {
        SessionIssuer.IssuedSession alice = TestSessions.alice(registry);
        SessionIssuer.IssuedSession job =
                TestSessions.issue(registry, TestSessions.parent(registry, PARENT, Optional.empty()), NOW);
        assertThat(open(alice, NOW).subject()).contains("alice");
        assertThat(open(job, NOW).subject()).isEmpty();

        String provider = "\"" + TestRegistry.PROVIDER_ARN + "\"";
        registry.role(
                ACCOUNT,
                ROLE,
                TestRegistry.TRUST.replace(provider, provider + "," + provider.replace("demo", "web")),
                READ);
        assertThat(open(alice, NOW).subject()).contains("demo:alice");
        assertThat(open(job, NOW).subject()).isEmpty();

        registry.role(
                ACCOUNT,
                ROLE,
                "{\"Version\":\"1\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"sts:AssumeRole\",\"Principal\":{\"RAM\":[\"acs:ram::"
                        + ACCOUNT + ":root\"]}}]}",
                READ);
        assertThat(open(job, NOW).subject()).contains("job-1");
    }

    @Test
    void aSessionEndsAtItsExactSecond() {
        SessionIssuer.IssuedSession session = TestSessions.alice(registry);
        assertThat(session.expiration()).isEqualTo(NOW.plus(TestSessions.HOUR));
        assertRefused(session, session.expiration(), OssError.SECURITY_TOKEN_EXPIRED);
        assertRefused(session, session.expiration().plusSeconds(1), OssError.SECURITY_TOKEN_EXPIRED);
        assertThat(expiryIsBefore(session, session.expiration().minusMillis(1))).isFalse();
    }

    private boolean expiryIsBefore(SessionIssuer.IssuedSession session, Instant now) {
        try {
            return open(session, now).expiration().isBefore(now);
        } catch (OssRefusal | StoreUnavailable e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aTokenBelongsToOneAccessKeyId() {
        SessionIssuer.IssuedSession one = TestSessions.alice(registry);
        SessionIssuer.IssuedSession other = TestSessions.alice(registry);
        assertOpens(one);
        assertOpens(other);
        for (String id :
                new String[] {other.accessKeyId(), PARENT, one.accessKeyId().toLowerCase(), "STS."}) {
            assertRefused(reader, id, one.token(), NOW, OssError.ACCESS_KEY_ID_AND_SECURITY_TOKEN_NOT_MATCH);
        }
    }

    @Test
    void theRolesPoliciesAreThoseOfNow() throws Exception {
        SessionIssuer.IssuedSession session = TestSessions.alice(registry);
        assertOpens(session);
        registry.role(ACCOUNT, ROLE, TRUST, WRITE);
        assertThat(open(session, NOW).principal().policies().getFirst().json()).isEqualTo(WRITE);
        assertThat(open(session, NOW).principal()).isNotEqualTo(session.principal());
    }

    @Test
    void aRoleThatIsGoneOrMadeAgainEndsItsSessions() {
        SessionIssuer.IssuedSession session = TestSessions.alice(registry);
        assertOpens(session);
        registry.without(RoleItem.key(ACCOUNT, ROLE));
        assertEnded(session);
        registry.roleWithId(ACCOUNT, ROLE, "another-id", TRUST, OWN_FOLDER);
        assertEnded(session);
        registry.role(ACCOUNT, ROLE, TRUST, OWN_FOLDER);
        assertOpens(session);
    }

    @Test
    void aRoleOfThatNameAndIdInAnotherAccountIsAnother() {
        SessionIssuer.IssuedSession session = TestSessions.alice(registry);
        registry.role(OTHER_ACCOUNT, ROLE, TRUST, OWN_FOLDER).without(RoleItem.key(ACCOUNT, ROLE));
        assertEnded(session);
    }

    @Test
    void aProviderThatIsGoneEndsItsSessions() {
        SessionIssuer.IssuedSession session = TestSessions.alice(registry);
        SessionIssuer.IssuedSession ofParent = ofParent();
        assertOpens(session);
        registry.without(ProviderItem.key(ACCOUNT, "demo"));
        assertEnded(session);
        assertOpens(ofParent);
    }

    @ParameterizedTest
    @CsvSource({"ACTIVE,true", "RETIRING,true", "INACTIVE,false", "DELETED,false"})
    void aParentKeysStateIsItsSessionsState(KeyStatus status, boolean opens) {
        SessionIssuer.IssuedSession session = ofParent();
        SessionIssuer.IssuedSession ofBearer = TestSessions.alice(registry);
        assertOpens(session);
        registry.accessKey(PARENT, "secret-of-parent", status);
        if (opens) {
            assertOpens(session);
        } else {
            assertEnded(session);
        }
        assertOpens(ofBearer);
    }

    @Test
    void aRevocationEndsWhatWasIssuedAtItOrBefore() throws Exception {
        SessionIssuer.SessionGrant bearer = TestSessions.bearer(registry, "alice", Optional.empty());
        SessionIssuer.SessionGrant parent = TestSessions.parent(registry, PARENT, Optional.empty());
        SessionIssuer.IssuedSession first = ofParent();
        assertRevoked(new RevocationItem.Revocable.OfProvider(ACCOUNT, "demo"), bearer, NOW);
        assertOpens(first);
        assertRevoked(new RevocationItem.Revocable.OfAccessKey(PARENT), parent, NOW.plusSeconds(1));
        RevocationItem.Revocable ofRole = new RevocationItem.Revocable.OfRole("role-id-of-" + ROLE);
        assertRevoked(ofRole, bearer, NOW.plusSeconds(2));
        assertRevoked(ofRole, parent, NOW.plusSeconds(3));
    }

    private void assertRevoked(RevocationItem.Revocable about, SessionIssuer.SessionGrant grant, Instant moment)
            throws StoreUnavailable {
        SessionIssuer.IssuedSession before = TestSessions.issue(registry, grant, moment.minusMillis(1));
        SessionIssuer.IssuedSession at = TestSessions.issue(registry, grant, moment);
        SessionIssuer.IssuedSession after = TestSessions.issue(registry, grant, moment.plusMillis(1));
        assertOpens(before);
        new Revocations(registry.store()).revoke(about, moment.minusMillis(1), moment);
        assertEnded(before);
        assertOpens(at);
        new Revocations(registry.store()).revoke(about, moment, moment);
        assertEnded(at);
        assertOpens(after);
    }

    @Test
    void aRevocationOfAnotherSessionEndsNothing() throws Exception {
        SessionIssuer.IssuedSession session = TestSessions.alice(registry);
        Revocations revocations = new Revocations(registry.store());
        revocations.revoke(new RevocationItem.Revocable.OfRole("role-id-of-other"), NOW, NOW);
        revocations.revoke(new RevocationItem.Revocable.OfProvider(OTHER_ACCOUNT, "demo"), NOW, NOW);
        revocations.revoke(new RevocationItem.Revocable.OfProvider(ACCOUNT, "other"), NOW, NOW);
        revocations.revoke(new RevocationItem.Revocable.OfAccessKey(PARENT), NOW, NOW);
        assertOpens(session);
    }

    @Test
    void aTokenKeyThatIsGoneOpensNothingEvenWhatIsRemembered() {
        SessionIssuer.IssuedSession session = TestSessions.alice(registry);
        assertOpens(session);
        registry.tokenKeys(registry.tokenKey("tk-test", KeyStatus.INACTIVE, NOW, Optional.empty()));
        assertEnded(session);
        registry.tokenKeys(registry.tokenKey("tk-other", KeyStatus.ACTIVE, NOW, Optional.empty()));
        assertEnded(session);
        registry.tokenKeys();
        assertEnded(session);
    }

    @Test
    void anOlderTokenKeyOpensUntilItsLastSessionHasEnded() {
        SessionIssuer.IssuedSession session = TestSessions.alice(registry);
        registry.tokenKeys(
                registry.tokenKey("tk-test", KeyStatus.RETIRING, NOW, Optional.of(NOW.plusSeconds(10))),
                registry.tokenKey("tk-new", KeyStatus.ACTIVE, NOW, Optional.empty()));
        assertOpens(session);
        assertThat(expiryIsBefore(session, NOW.plusSeconds(10).minusNanos(1))).isFalse();
        assertRefused(session, NOW.plusSeconds(10), OssError.INVALID_SECURITY_TOKEN);
    }

    @Test
    void readsASessionsRecordsInOneBatchWhenColdAndNoneWhenWarm() throws Exception {
        SessionIssuer.IssuedSession session = TestSessions.alice(registry);
        SessionReader caching = new SessionReader(registry.registry(CacheSettings.Bounds.DEFAULT));
        int before = registry.store().reads();
        caching.open(session.accessKeyId(), session.token(), NOW);
        assertThat(registry.store().reads() - before)
                .as("token keys, then all the rest")
                .isEqualTo(2);
        SessionIssuer.IssuedSession bobs =
                TestSessions.issue(registry, TestSessions.bearer(registry, "bob", Optional.empty()), NOW);
        before = registry.store().reads();
        int writes = registry.store().writes();
        caching.open(bobs.accessKeyId(), bobs.token(), NOW.plusMillis(999));
        assertThat(registry.store().reads() - before)
                .as("whether this user and this session were revoked")
                .isEqualTo(1);
        caching.open(bobs.accessKeyId(), bobs.token(), NOW.plusMillis(999));
        caching.open(session.accessKeyId(), session.token(), NOW.plusMillis(999));
        assertThat(registry.store().reads() - before).isEqualTo(1);
        assertThat(registry.store().writes()).isEqualTo(writes);
    }

    @Test
    void aRevocationLagsByTheCachesBoundAtMost() throws Exception {
        SessionIssuer.IssuedSession session = TestSessions.alice(registry);
        SessionReader caching = new SessionReader(registry.registry(CacheSettings.Bounds.DEFAULT));
        caching.open(session.accessKeyId(), session.token(), NOW);
        new Revocations(registry.store()).revoke(new RevocationItem.Revocable.OfProvider(ACCOUNT, "demo"), NOW, NOW);
        Instant bound = NOW.plus(CacheSettings.Bounds.DEFAULT.known());
        assertRefused(caching, session.accessKeyId(), session.token(), bound, OssError.INVALID_SECURITY_TOKEN);
    }

    @Test
    void withoutTheStoreNothingIsKnown() throws Exception {
        SessionIssuer.IssuedSession session = TestSessions.alice(registry);
        assertOpens(session);
        registry.store().down(true);
        assertThatThrownBy(() -> open(session, NOW)).isInstanceOf(StoreUnavailable.class);
    }

    @Test
    void aSubjectsRevocationEndsItsSessionsAndNoOthers() throws Exception {
        RevocationItem.Revocable.OfProvider provider = new RevocationItem.Revocable.OfProvider(ACCOUNT, "demo");
        SessionIssuer.IssuedSession alice = TestSessions.alice(registry);
        SessionIssuer.IssuedSession job = ofParent();
        SessionIssuer.IssuedSession bob =
                TestSessions.issue(registry, TestSessions.bearer(registry, "bob", Optional.empty()), NOW);
        new Revocations(registry.store()).revoke(new RevocationItem.Revocable.OfSubject(provider, "alice"), NOW, NOW);
        assertEnded(alice);
        assertOpens(bob);
        assertOpens(job);
    }

    /** A process whose cache does not know the revocation yet makes it. */
    @Test
    void aSessionOfAnOldLoginIsRefusedThoughItWasIssuedAfterTheRevocation() throws Exception {
        RevocationItem.Revocable.OfProvider provider = new RevocationItem.Revocable.OfProvider(ACCOUNT, "demo");
        SessionIssuer.SessionGrant old = TestSessions.bearer(registry, "alice", Optional.empty());
        SessionIssuer.IssuedSession late = TestSessions.issue(registry, old, NOW.plusSeconds(3));
        assertOpens(late);
        new Revocations(registry.store()).revoke(new RevocationItem.Revocable.OfSubject(provider, "alice"), NOW, NOW);
        assertEnded(late);
    }

    @Test
    void aSessionsRevocationEndsItAlone() throws Exception {
        SessionIssuer.IssuedSession first = TestSessions.alice(registry);
        SessionIssuer.IssuedSession second = TestSessions.alice(registry);
        SessionIssuer.IssuedSession job = ofParent();
        assertThat(first.sessionId()).matches("[0-9a-f]{32}").isNotEqualTo(second.sessionId());
        assertThat(open(first, NOW).sessionId()).isEqualTo(first.sessionId());
        Revocations revocations = new Revocations(registry.store());
        revocations.revoke(new RevocationItem.Revocable.OfSession(first.sessionId()), NOW, NOW);
        assertEnded(first);
        assertOpens(second);
        assertOpens(job);
        revocations.revoke(new RevocationItem.Revocable.OfSession(job.sessionId()), NOW, NOW);
        assertEnded(job);
    }
}
