package io.countersign.identity;

import static io.countersign.identity.TestToken.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.http.LongWork;
import io.countersign.http.Outages;
import io.countersign.testkit.LoggedLines;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

class JwksResolverTest {
    private static final PublicKey FIRST = TestKeys.EC.getPublic();
    private static final PublicKey SECOND = TestKeys.RSA.getPublic();
    private static final CompactToken.Header BY_FIRST =
            new CompactToken.Header(CompactToken.Algorithm.ES256, Optional.of("first"));
    private static final CompactToken.Header BY_SECOND =
            new CompactToken.Header(CompactToken.Algorithm.RS256, Optional.of("second"));
    private static final CompactToken.Header MADE_UP =
            new CompactToken.Header(CompactToken.Algorithm.RS256, Optional.of("made-up"));

    private final Provider provider = new Provider();
    private final JwksResolver.CachedJwks keys =
            new JwksResolver.CachedJwks(URI.create("https://idp.example/jwks"), provider, this::begins);

    private boolean onLoop;

    private void begins() {
        if (onLoop) {
            throw new IllegalStateException("not here");
        }
    }

    private PublicKey key(CompactToken.Header header, Duration after) throws CallerRefusal {
        return keys.keyFor(header, NOW.plus(after)).key();
    }

    private void isRefused(CompactToken.Header header, Duration after, CallerRefusal.Code error) {
        assertThatThrownBy(() -> key(header, after))
                .isInstanceOfSatisfying(
                        CallerRefusal.class,
                        refusal -> assertThat(refusal.code()).isEqualTo(error));
    }

    @Test
    void keysAreReadOnceAndRemembered() throws CallerRefusal {
        assertThat(key(BY_FIRST, Duration.ZERO)).isEqualTo(FIRST);
        assertThat(key(BY_FIRST, Duration.ofMinutes(5).minusMillis(1))).isEqualTo(FIRST);
        assertThat(provider.reads).isEqualTo(1);
    }

    @Test
    void aThreadThatMayNotWaitReadsNothingAndLeavesTheReadToAnother() throws CallerRefusal {
        onLoop = true;
        assertThatThrownBy(() -> key(BY_FIRST, Duration.ZERO)).hasMessage("not here");
        assertThat(provider.reads).isZero();
        onLoop = false;
        key(BY_FIRST, Duration.ZERO);
        onLoop = true;
        assertThat(key(BY_FIRST, Duration.ofMinutes(1))).isEqualTo(FIRST);
        assertThatThrownBy(() -> key(BY_FIRST, Duration.ofMinutes(5))).hasMessage("not here");
        onLoop = false;
        assertThat(key(BY_FIRST, Duration.ofMinutes(5))).isEqualTo(FIRST);
        assertThat(provider.reads).isEqualTo(2);
    }

    @Test
    void keysAreReadAgainWhenTheyAreFiveMinutesOld() throws CallerRefusal {
        key(BY_FIRST, Duration.ZERO);
        key(BY_FIRST, Duration.ofMinutes(5));
        assertThat(provider.reads).isEqualTo(2);
    }

    @Test
    void aNewKeyIsFoundByReadingAgain() throws CallerRefusal {
        key(BY_FIRST, Duration.ZERO);
        provider.publish(TestJwks.set(TestJwks.jwk(FIRST, "first"), TestJwks.jwk(SECOND, "second")));
        assertThat(key(BY_SECOND, Duration.ofMinutes(1))).isEqualTo(SECOND);
    }

    @Test
    void madeUpKeyIdsMakeTheProviderBeReadOnceAMinuteAtMost() throws CallerRefusal {
        key(BY_FIRST, Duration.ZERO);
        for (int second = 0; second < 180; second++) {
            isRefused(MADE_UP, Duration.ofSeconds(second), CallerRefusal.Code.UNKNOWN_KEY);
        }
        assertThat(provider.reads).isEqualTo(3);
    }

    @Test
    void aTokenWithoutAKeyIdForcesNothing() throws CallerRefusal {
        key(BY_FIRST, Duration.ZERO);
        isRefused(
                new CompactToken.Header(CompactToken.Algorithm.RS256, Optional.empty()),
                Duration.ofMinutes(2),
                CallerRefusal.Code.UNKNOWN_KEY);
        assertThat(provider.reads).isEqualTo(1);
    }

    @Test
    void aKeyThatIsNoLongerPublishedIsNoLongerAccepted() throws CallerRefusal {
        key(BY_FIRST, Duration.ZERO);
        provider.publish(TestJwks.set(TestJwks.jwk(SECOND, "second")));
        isRefused(BY_FIRST, Duration.ofMinutes(5), CallerRefusal.Code.UNKNOWN_KEY);
    }

    @Test
    void oldKeysServeForAnHourWhileTheProviderIsDown() throws CallerRefusal {
        key(BY_FIRST, Duration.ZERO);
        provider.down = true;
        assertThat(key(BY_FIRST, Duration.ofHours(1).minusMillis(1))).isEqualTo(FIRST);
        isRefused(BY_FIRST, Duration.ofHours(1), CallerRefusal.Code.KEYS_UNAVAILABLE);
    }

    @Test
    void aProviderThatIsBackIsReadAgain() throws CallerRefusal {
        provider.down = true;
        isRefused(BY_FIRST, Duration.ZERO, CallerRefusal.Code.KEYS_UNAVAILABLE);
        isRefused(BY_FIRST, Duration.ofSeconds(9), CallerRefusal.Code.KEYS_UNAVAILABLE);
        assertThat(provider.reads).isEqualTo(1);
        provider.down = false;
        assertThat(key(BY_FIRST, Duration.ofSeconds(10))).isEqualTo(FIRST);
    }

    @Test
    void treatsAnInvalidKeySetAsUnread() throws CallerRefusal {
        provider.publish("<html>");
        isRefused(BY_FIRST, Duration.ZERO, CallerRefusal.Code.KEYS_UNAVAILABLE);
        provider.publish(TestJwks.set(TestJwks.jwk(FIRST, "first")));
        key(BY_FIRST, Duration.ofSeconds(10));
        provider.publish("{}");
        assertThat(key(BY_FIRST, Duration.ofMinutes(30))).isEqualTo(FIRST);
    }

    @Test
    void theRefusalSaysNothingOfTheAddress() {
        provider.down = true;
        assertThatThrownBy(() -> key(BY_FIRST, Duration.ZERO)).message().doesNotContain("idp.example");
    }

    /** While old keys serve, too: in an hour they no longer will. */
    @Test
    void theLogSaysWhyKeysCannotBeRead() throws CallerRefusal {
        try (LoggedLines log = new LoggedLines(Outages.class)) {
            JwksResolver.CachedJwks secret = new JwksResolver.CachedJwks(
                    URI.create("https://idp.example/logged?key=topsecret"), provider, LongWork.ANYWHERE);
            assertThat(secret.keyFor(BY_FIRST, NOW).key()).isEqualTo(FIRST);
            provider.down = true;
            assertThat(secret.keyFor(BY_FIRST, NOW.plus(Duration.ofMinutes(6))).key())
                    .isEqualTo(FIRST);
            assertThat(log.lines())
                    .contains(
                            "event=unavailable reason=\"the keys at https://idp.example/logged cannot be read: down\"");
            assertThat(log.lines()).noneMatch(line -> line.contains("topsecret"));
        }
    }

    @Test
    void theLogSaysWhyAnAddressIsNotAsked() {
        try (LoggedLines log = new LoggedLines(Outages.class)) {
            JwksResolver.CachedJwks hidden = new JwksResolver.CachedJwks(
                    URI.create("https://10.0.0.1/jwks"), new JwksFetcher.HttpJwksFetcher(), LongWork.ANYWHERE);
            assertThatThrownBy(() -> hidden.keyFor(BY_FIRST, NOW)).isInstanceOf(CallerRefusal.class);
            assertThat(log.lines())
                    .contains(
                            "event=unavailable reason=\"the keys at https://10.0.0.1/jwks cannot be read: the key set's host has"
                                    + " a private or special address; use a public one, or write the keys into the manifest (jwks)\"");
        }
    }

    @Test
    void theFirstMomentOfTimeIsAMomentToo() throws CallerRefusal {
        assertThat(keys.keyFor(BY_FIRST, Instant.EPOCH).key()).isEqualTo(FIRST);
    }

    @Test
    void whileOneReadsTheOthersAreRefusedAtOnce() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        JwksResolver.CachedJwks slow = new JwksResolver.CachedJwks(
                URI.create("https://idp.example/jwks"),
                uri -> {
                    asked.countDown();
                    try {
                        go.await();
                    } catch (InterruptedException e) {
                        throw new IOException(e);
                    }
                    return Provider.bytes(TestJwks.set(TestJwks.jwk(FIRST, "first")));
                },
                LongWork.ANYWHERE);
        FutureTask<PublicKey> reader =
                new FutureTask<>(() -> slow.keyFor(BY_FIRST, NOW).key());
        Thread.ofVirtual().start(reader);
        asked.await();
        for (int i = 0; i < 100; i++) {
            assertThatThrownBy(() -> slow.keyFor(BY_FIRST, NOW))
                    .isInstanceOfSatisfying(
                            CallerRefusal.class,
                            refusal -> assertThat(refusal.code()).isEqualTo(CallerRefusal.Code.KEYS_UNAVAILABLE));
        }
        go.countDown();
        assertThat(reader.get()).isEqualTo(FIRST);
        assertThat(slow.keyFor(BY_FIRST, NOW).key()).isEqualTo(FIRST);
    }

    private static final class Provider implements JwksFetcher {
        private byte[] published = bytes(TestJwks.set(TestJwks.jwk(FIRST, "first")));
        private boolean down;
        private int reads;

        private void publish(String json) {
            published = bytes(json);
        }

        @Override
        public byte[] fetch(URI uri) throws IOException {
            reads++;
            if (down) {
                throw new IOException("down");
            }
            return published.clone();
        }

        private static byte[] bytes(String text) {
            return text.getBytes(StandardCharsets.UTF_8);
        }
    }
}
