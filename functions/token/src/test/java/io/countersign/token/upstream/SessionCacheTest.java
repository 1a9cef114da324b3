package io.countersign.token.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.signing.Secret;
import io.countersign.signing.SecurityToken;
import io.countersign.token.session.TemporaryCredentials;
import io.countersign.token.session.TokenRefusal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SessionCacheTest {
    private static final Instant NOW = Instant.parse("2026-11-22T08:00:00Z");

    private final SessionCache sessions = new SessionCache();
    private final AtomicInteger asked = new AtomicInteger();

    @Test
    void aSessionIsGivenAgainInTheFirstHalfOfItsLife() throws Exception {
        SessionCache.Session first = get("a", NOW);
        assertThat(get("a", NOW.plusSeconds(1_799))).isSameAs(first);
        assertThat(get("a", NOW.minusSeconds(1_799))).isSameAs(first);
        assertThat(asked).hasValue(1);
        assertThat(get("a", NOW.plusSeconds(1_800))).isNotSameAs(first);
        assertThat(asked).hasValue(2);
    }

    @Test
    void aClockThatWasSetBackMakesNoSessionLastLonger() throws Exception {
        SessionCache.Session first = get("a", NOW);
        assertThat(get("a", NOW.minusSeconds(1_800))).isNotSameAs(first);
    }

    @Test
    void anotherKeyIsAnotherSession() throws Exception {
        SessionCache.Key key = key("a");
        List<SessionCache.Key> others = List.of(
                new SessionCache.Key("other", "policy", "alice", "provider", "a", "LTAI5tSigner", Duration.ofHours(1)),
                new SessionCache.Key("role", "other", "alice", "provider", "a", "LTAI5tSigner", Duration.ofHours(1)),
                new SessionCache.Key("role", "policy", "other", "provider", "a", "LTAI5tSigner", Duration.ofHours(1)),
                new SessionCache.Key("role", "policy", "alice", "other", "a", "LTAI5tSigner", Duration.ofHours(1)),
                new SessionCache.Key(
                        "role", "policy", "alice", "provider", "other", "LTAI5tSigner", Duration.ofHours(1)),
                new SessionCache.Key("role", "policy", "alice", "provider", "a", "other", Duration.ofHours(1)),
                new SessionCache.Key("role", "policy", "alice", "provider", "a", "LTAI5tSigner", Duration.ofHours(2)));
        sessions.get(key, NOW, session -> true, this::made);
        for (SessionCache.Key other : others) {
            sessions.get(other, NOW, session -> true, this::made);
        }
        assertThat(asked).hasValue(1 + others.size());
    }

    @Test
    void replacesARevokedSession() throws Exception {
        SessionCache.Session first = get("a", NOW);
        SessionCache.Session second = sessions.get(key("a"), NOW, session -> session != first, this::made);
        assertThat(second).isNotSameAs(first);
        assertThat(get("a", NOW)).isSameAs(second);
    }

    @Test
    void aRefusalIsNotRemembered() throws Exception {
        assertThatThrownBy(() -> sessions.get(key("a"), NOW, session -> true, () -> {
                    throw StsClient.unavailable();
                }))
                .isInstanceOf(TokenRefusal.class);
        assertThatThrownBy(() -> sessions.get(key("a"), NOW, session -> true, () -> {
                    throw new IllegalStateException("a fault of ours");
                }))
                .isInstanceOf(IllegalStateException.class);
        assertThat(get("a", NOW)).isNotNull();
    }

    @Test
    void thoseWhoAskAtOnceGetWhatOneCallGets() throws Exception {
        CountDownLatch asking = new CountDownLatch(1);
        CountDownLatch answered = new CountDownLatch(1);
        List<CompletableFuture<SessionCache.Session>> all = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            all.add(async(() -> sessions.get(key("a"), NOW, session -> true, () -> {
                asking.countDown();
                await(answered);
                return made();
            })));
        }
        asking.await();
        Thread.sleep(200);
        answered.countDown();
        for (CompletableFuture<SessionCache.Session> each : all) {
            assertThat(each.join()).isSameAs(all.getFirst().join());
        }
        assertThat(asked).hasValue(1);
    }

    @Test
    void asksAgainWhenARevocationOvertakesASharedRequest() throws Exception {
        CountDownLatch asking = new CountDownLatch(1);
        CountDownLatch answered = new CountDownLatch(1);
        CompletableFuture<SessionCache.Session> first = async(() -> sessions.get(key("a"), NOW, session -> true, () -> {
            asking.countDown();
            await(answered);
            return made();
        }));
        asking.await();
        CompletableFuture<SessionCache.Session> second =
                async(() -> sessions.get(key("a"), NOW, session -> false, this::made));
        Thread.sleep(200);
        assertThat(second).isNotDone();
        answered.countDown();
        assertThat(second.join()).isNotSameAs(first.join());
        assertThat(asked).hasValue(2);
    }

    @Test
    void aRefusalIsTheSameForAllWhoWaitForIt() throws Exception {
        CountDownLatch asking = new CountDownLatch(1);
        CountDownLatch answered = new CountDownLatch(1);
        TokenRefusal refusal = new TokenRefusal(TokenRefusal.Code.REFUSED, "no");
        SessionCache.Loader refused = () -> {
            asking.countDown();
            await(answered);
            throw refusal;
        };
        CompletableFuture<SessionCache.Session> first =
                async(() -> sessions.get(key("a"), NOW, session -> true, refused));
        asking.await();
        CompletableFuture<SessionCache.Session> second =
                async(() -> sessions.get(key("a"), NOW, session -> true, refused));
        Thread.sleep(200);
        answered.countDown();
        assertThatThrownBy(first::join).hasCause(refusal);
        assertThatThrownBy(second::join).hasCause(refusal);
    }

    @Test
    void beyondItsBoundTheOneIsForgottenThatWasAskedForLongestAgo() throws Exception {
        SessionCache.Session first = get("first", NOW);
        SessionCache.Session second = get("second", NOW);
        for (int i = 0; i < SessionCache.MAX_SESSIONS - 1; i++) {
            get("subject" + i, NOW);
            assertThat(get("first", NOW)).isSameAs(first);
        }
        assertThat(get("second", NOW)).isNotSameAs(second);
    }

    private SessionCache.Session get(String subject, Instant now) throws Exception {
        return sessions.get(key(subject), now, session -> true, () -> {
            asked.incrementAndGet();
            return session(now);
        });
    }

    private SessionCache.Session made() {
        asked.incrementAndGet();
        return session(NOW);
    }

    private static SessionCache.Session session(Instant now) {
        return new SessionCache.Session(
                new TemporaryCredentials(
                        "STS.id",
                        Secret.of("secret"),
                        SecurityToken.of("token"),
                        now.plus(Duration.ofHours(1)),
                        Optional.empty()),
                now);
    }

    private static SessionCache.Key key(String subject) {
        return new SessionCache.Key(
                "role", "policy", "alice", "provider", subject, "LTAI5tSigner", Duration.ofHours(1));
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private interface Work {
        SessionCache.Session run() throws Exception;
    }

    private static CompletableFuture<SessionCache.Session> async(Work work) {
        CompletableFuture<SessionCache.Session> done = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                done.complete(work.run());
            } catch (Exception e) {
                done.completeExceptionally(e);
            }
        });
        return done;
    }
}
