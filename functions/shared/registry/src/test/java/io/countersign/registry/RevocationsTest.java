package io.countersign.registry;

import static io.countersign.registry.Fixture.ACCOUNT;
import static io.countersign.registry.Fixture.NOW;
import static io.countersign.registry.Fixture.SIGNER_KEY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.registry.keys.RevocationListing;
import io.countersign.registry.store.Condition;
import io.countersign.registry.store.ItemKey;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.registry.store.Write;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class RevocationsTest {
    private static final RevocationItem.Revocable.OfProvider PROVIDER =
            new RevocationItem.Revocable.OfProvider(ACCOUNT, "demo");
    private static final RevocationItem.Revocable KEY = new RevocationItem.Revocable.OfAccessKey(SIGNER_KEY);

    private final Fixture fixture = new Fixture();
    private final Revocations revocations = new Revocations(fixture.store);

    private SessionFacts facts(RevocationItem.Revocable.Founder founder, Instant now) throws StoreUnavailable {
        Role role = fixture.registry()
                .role(ACCOUNT, "mobile-app", ReadAhead.NOTHING, now)
                .orElseThrow();
        return fixture.registry().session(new SessionFacts.Query(ACCOUNT, "mobile-app", role.roleId(), founder), now);
    }

    @Test
    void theMomentOnlyMovesForward() throws Exception {
        assertThat(revocations.revoke(KEY, NOW.minusSeconds(5), NOW)).isEqualTo(NOW.minusSeconds(5));
        assertThat(revocations.revoke(KEY, NOW.minusSeconds(3), NOW)).isEqualTo(NOW.minusSeconds(3));
        int writes = fixture.store.writes();
        assertThat(revocations.revoke(KEY, NOW.minusSeconds(4), NOW)).isEqualTo(NOW.minusSeconds(3));
        assertThat(revocations.revoke(KEY, NOW.minusSeconds(3), NOW)).isEqualTo(NOW.minusSeconds(3));
        assertThat(fixture.store.writes()).isEqualTo(writes);
    }

    @Test
    void writesAnEventOnlyWithARevocationThatChangesSomething() throws Exception {
        ItemKey first = new ItemKey("told", "first");
        ItemKey second = new ItemKey("told", "second");
        revocations.revoke(KEY, NOW.minusSeconds(3), NOW, told(first));
        revocations.revoke(KEY, NOW.minusSeconds(4), NOW, told(second));
        assertThat(fixture.store.payloads()).containsKey(first).doesNotContainKey(second);
    }

    private static List<Write> told(ItemKey key) {
        return List.of(Write.put(key, "{}", Condition.anything()));
    }

    @Test
    void aMomentIsToTheMillisecondAndNotToCome() throws Exception {
        assertThat(revocations.revoke(KEY, NOW.minusNanos(1), NOW)).isEqualTo(NOW.minusMillis(1));
        assertThatThrownBy(() -> revocations.revoke(KEY, NOW.plusNanos(1), NOW))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void keepsTheLatestOfConcurrentRevocations() throws Exception {
        List<Callable<Instant>> all = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Instant moment = NOW.minusSeconds(i);
            all.add(() -> revocations.revoke(KEY, moment, NOW));
        }
        try (var threads = Executors.newFixedThreadPool(4)) {
            for (Future<Instant> one : threads.invokeAll(all)) {
                one.get();
            }
        }
        assertThat(revocations.revoke(KEY, NOW.minusSeconds(60), NOW)).isEqualTo(NOW);
    }

    @Test
    void applyingDoesNotLoseARevocation() throws Exception {
        fixture.apply(Fixture.golden());
        revocations.revoke(PROVIDER, NOW, NOW);
        fixture.apply(Fixture.golden().replace("clientIds: [app, app-beta]", "clientIds: [app]"));
        fixture.prune(Fixture.golden());
        assertThat(facts(PROVIDER, NOW).revokedBefore()).contains(NOW);
    }

    @Test
    void aProviderThatWasPrunedAndMadeAgainDoesNotInheritItsSessions() throws Exception {
        fixture.apply(Fixture.golden());
        Instant issued = NOW;
        assertThat(facts(PROVIDER, NOW).stands(issued)).isTrue();
        fixture.prune("accounts: [{id: \"" + ACCOUNT + "\"}]");
        fixture.apply(Fixture.golden());
        assertThat(facts(PROVIDER, NOW).role()).isPresent();
        assertThat(facts(PROVIDER, NOW).founded()).isTrue();
        assertThat(facts(PROVIDER, NOW).stands(issued)).isFalse();
        assertThat(facts(PROVIDER, NOW).stands(issued.plusMillis(1))).isTrue();
    }

    @Test
    void pruningDoesNotMoveALaterRevocationBack() throws Exception {
        fixture.apply(Fixture.golden());
        Instant later = NOW.plusSeconds(60);
        revocations.revoke(PROVIDER, later, later);
        fixture.prune("accounts: [{id: \"" + ACCOUNT + "\"}]");
        fixture.apply(Fixture.golden());
        assertThat(facts(PROVIDER, later).revokedBefore()).contains(later);
    }

    @Test
    void aRevocationGoesWhenNoSessionIsLeftThatItCouldRefuse() throws Exception {
        fixture.apply(Fixture.golden());
        revocations.revoke(PROVIDER, NOW, NOW);
        Instant last = NOW.plus(Duration.ofHours(12));
        assertThat(facts(PROVIDER, last.minusMillis(1)).revokedBefore()).contains(NOW);
        assertThat(facts(PROVIDER, last).revokedBefore()).isEmpty();
        assertThat(revocations.revoke(PROVIDER, last, last)).isEqualTo(last);
    }

    @Test
    void readsASessionsRecordsInOneBatchWhenColdAndNoneWhenWarm() throws Exception {
        fixture.apply(Fixture.golden());
        String roleId = fixture.registry()
                .role(ACCOUNT, "mobile-app", ReadAhead.NOTHING, NOW)
                .orElseThrow()
                .roleId();
        KeyRegistry registry = fixture.registry();
        for (RevocationItem.Revocable.Founder founder :
                List.of(PROVIDER, new RevocationItem.Revocable.OfAccessKey(SIGNER_KEY))) {
            SessionFacts.Query query = new SessionFacts.Query(ACCOUNT, "mobile-app", roleId, founder);
            int reads = fixture.store.reads();
            assertThat(registry.session(query, NOW).stands(NOW)).isTrue();
            assertThat(fixture.store.reads()).isEqualTo(reads + 1);
            assertThat(registry.session(query, NOW).stands(NOW)).isTrue();
            assertThat(fixture.store.reads()).isEqualTo(reads + 1);
        }
        assertThat(registry.session(new SessionFacts.Query(ACCOUNT, "mobile-app", "3", PROVIDER), NOW)
                        .role())
                .isEqualTo(Optional.empty());
    }

    @Test
    void theLaterOfTwoRevocationsCounts() throws Exception {
        fixture.apply(Fixture.golden());
        String roleId = fixture.registry()
                .role(ACCOUNT, "mobile-app", ReadAhead.NOTHING, NOW)
                .orElseThrow()
                .roleId();
        revocations.revoke(new RevocationItem.Revocable.OfRole(roleId), NOW.minusSeconds(2), NOW);
        revocations.revoke(PROVIDER, NOW.minusSeconds(1), NOW);
        assertThat(facts(PROVIDER, NOW).revokedBefore()).contains(NOW.minusSeconds(1));
        revocations.revoke(new RevocationItem.Revocable.OfRole(roleId), NOW, NOW);
        assertThat(facts(PROVIDER, NOW).revokedBefore()).contains(NOW);
    }

    private static RevocationItem.Revocable.OfSubject subject(String name) {
        return new RevocationItem.Revocable.OfSubject(PROVIDER, name);
    }

    private static RevocationItem.Revocable.OfSession session(int digit) {
        return new RevocationItem.Revocable.OfSession(Integer.toHexString(digit).repeat(32));
    }

    private SessionFacts factsOf(String subject, int session, Instant now) throws StoreUnavailable {
        Role role = fixture.registry()
                .role(ACCOUNT, "mobile-app", ReadAhead.NOTHING, now)
                .orElseThrow();
        return fixture.registry()
                .session(
                        new SessionFacts.Query(
                                ACCOUNT,
                                "mobile-app",
                                role.roleId(),
                                PROVIDER,
                                Optional.of(subject(subject)),
                                Optional.of(session(session))),
                        now);
    }

    @Test
    void aSubjectsRevocationConcernsThatSubjectAlone() throws Exception {
        fixture.apply(Fixture.golden());
        revocations.revoke(subject("alice"), NOW, NOW);
        assertThat(factsOf("alice", 1, NOW).stands(NOW)).isFalse();
        assertThat(factsOf("alice", 1, NOW).stands(NOW.plusMillis(1))).isTrue();
        assertThat(factsOf("Alice", 1, NOW).stands(NOW)).isTrue();
        assertThat(facts(PROVIDER, NOW).stands(NOW)).isTrue();
        assertThat(fixture.registry().revokedBefore(subject("alice"), ReadAhead.NOTHING, NOW))
                .contains(NOW);
        assertThat(fixture.registry().revokedBefore(subject("bob"), ReadAhead.NOTHING, NOW))
                .isEmpty();
    }

    @Test
    void aSessionOfALoginFromBeforeTheRevocationIsRefusedThoughItWasIssuedLater() throws Exception {
        fixture.apply(Fixture.golden());
        revocations.revoke(subject("alice"), NOW, NOW);
        SessionFacts facts = factsOf("alice", 1, NOW);
        assertThat(facts.stands(NOW.plusSeconds(3), NOW)).isFalse();
        assertThat(facts.stands(NOW, NOW.plusSeconds(3))).isFalse();
        assertThat(facts.stands(NOW.plusSeconds(3), NOW.plusMillis(1))).isTrue();
    }

    @Test
    void aSessionsRevocationConcernsThatSessionAlone() throws Exception {
        fixture.apply(Fixture.golden());
        revocations.revoke(session(1), NOW, NOW);
        assertThat(factsOf("alice", 1, NOW).stands(NOW)).isFalse();
        assertThat(factsOf("alice", 2, NOW).stands(NOW)).isTrue();
        assertThat(factsOf("alice", 1, NOW.plus(Role.MAX_SESSION)).revokedBefore())
                .isEmpty();
    }

    @Test
    void aSubjectsRevocationIsKeptBecauseTokensMayLiveLongerThanSessions() throws Exception {
        fixture.apply(Fixture.golden());
        revocations.revoke(subject("alice"), NOW, NOW);
        Instant later = NOW.plus(Duration.ofDays(5_000));
        assertThat(fixture.registry().revokedBefore(subject("alice"), ReadAhead.NOTHING, later))
                .contains(NOW);
        assertThat(listed(later)).containsExactly("alice " + NOW);
    }

    @Test
    void theListingNamesSubjectsAndSessionsWithTheLatestMoment() throws Exception {
        fixture.apply(Fixture.golden());
        revocations.revoke(subject("alice"), NOW.minusSeconds(1), NOW);
        revocations.revoke(subject("alice"), NOW, NOW);
        revocations.revoke(subject("alice"), NOW.minusSeconds(2), NOW);
        revocations.revoke(session(1), NOW, NOW);
        revocations.revoke(KEY, NOW, NOW);
        assertThat(listed(NOW))
                .containsExactlyInAnyOrder(SIGNER_KEY + " " + NOW, "alice " + NOW, "1".repeat(32) + " " + NOW);
        assertThat(listed(NOW.plus(Role.MAX_SESSION))).containsExactly("alice " + NOW);
    }

    private List<String> listed(Instant now) throws StoreUnavailable {
        List<String> all = new ArrayList<>();
        new RevocationListing(fixture.store, now)
                .each((revoked, before) -> all.add(switch (revoked) {
                            case RevocationListing.Revoked.OfRole role ->
                                role.role().name();
                            case RevocationListing.Revoked.OfProvider provider ->
                                provider.provider().name();
                            case RevocationListing.Revoked.OfAccessKey key -> key.id();
                            case RevocationListing.Revoked.OfSubject of ->
                                of.about().subject();
                            case RevocationListing.Revoked.OfSession of ->
                                of.about().id();
                        }
                        + " " + before));
        return all;
    }

    @Test
    void noTwoSubjectsShareAKeyAndNoKeyIsLong() {
        List<RevocationItem.Revocable.OfSubject> subjects = List.of(
                subject("alice"),
                subject("alice/b"),
                new RevocationItem.Revocable.OfSubject(
                        new RevocationItem.Revocable.OfProvider(ACCOUNT, "demo2"), "alice"),
                new RevocationItem.Revocable.OfSubject(new RevocationItem.Revocable.OfProvider("1", "demo"), "alice"),
                new RevocationItem.Revocable.OfSubject(new RevocationItem.Revocable.OfProvider("1", "d"), "emo/alice"),
                new RevocationItem.Revocable.OfSubject(new RevocationItem.Revocable.OfProvider("1", "d"), "alice"),
                subject("\u00e9".repeat(255)));
        assertThat(subjects).extracting(RevocationItem::key).doesNotHaveDuplicates();
        assertThat(subjects).allSatisfy(subject -> assertThat(subject.key()).hasSize("subject/".length() + 64));
    }
}
