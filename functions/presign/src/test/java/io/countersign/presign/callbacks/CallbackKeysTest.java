package io.countersign.presign.callbacks;

import static io.countersign.identity.TestToken.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.testkit.CallbackKey;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallbackKeysTest {
    private static final String PATH = "/callback_pub_key_v1.pem";
    private static final CallbackKey KEY = CallbackKey.of("oss");

    private final List<URI> read = new CopyOnWriteArrayList<>();
    private String file = KEY.pem();
    private boolean answers = true;
    private final CallbackKeys keys = new CallbackKeys(this::fetch);

    private byte[] fetch(URI uri) throws IOException {
        read.add(uri);
        if (!answers) {
            throw new IOException("no answer");
        }
        return file.getBytes(StandardCharsets.US_ASCII);
    }

    private static String header(String url) {
        return Base64.getEncoder().encodeToString(url.getBytes(StandardCharsets.UTF_8));
    }

    private void isRefused(String path, Instant now) {
        assertThatThrownBy(() -> keys.at(path, now)).isInstanceOf(IOException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://gosspublic.alicdn.com/callback_pub_key_v1.pem",
                "https://gosspublic.alicdn.com/callback_pub_key_v1.pem"
            })
    void bothSpellingsNameTheSameFile(String url) {
        assertThat(CallbackKeys.path(header(url))).contains(PATH);
    }

    @Test
    void takesTheHeaderOfThePage() {
        assertThat(CallbackKeys.path("aHR0cDovL2dvc3NwdWJsaWMuYWxpY2RuLmNvbS9jYWxsYmFja19wdWJfa2V5X3YxLnBlbQ=="))
                .contains(PATH);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ftp://gosspublic.alicdn.com/a.pem",
                "file:///etc/ssl/a.pem",
                "https://gosspublic.alicdn.com",
                "https://gosspublic.alicdn.com/",
                "https://gosspublic.alicdn.com/.pem",
                "https://gosspublic.alicdn.com/a",
                "https://gosspublic.alicdn.com/a.pem.exe",
                "https://gosspublic.alicdn.com/a.PEM",
                "https://gosspublic.alicdn.com/a.b.pem",
                "https://gosspublic.alicdn.com/../a.pem",
                "https://gosspublic.alicdn.com/%61.pem",
                "https://gosspublic.alicdn.com/a.pem?b",
                "https://gosspublic.alicdn.com/a?b.pem",
                "https://gosspublic.alicdn.com/a#b.pem",
                "https://gosspublic.alicdn.com/a.pem#b",
                "https://gosspublic.alicdn.com:443/a.pem",
                "https://gosspublic.alicdn.com:22/a.pem",
                "https://user@gosspublic.alicdn.com/a.pem",
                "https://gosspublic.alicdn.com@127.0.0.1/a.pem",
                "https://gosspublic.alicdn.com.example.com/a.pem",
                "https://example.com/gosspublic.alicdn.com/a.pem",
                "https://GOSSPUBLIC.alicdn.com/a.pem",
                "https://gosspublicXalicdn.com/a.pem",
                "https://gosspublic.alicdn.com./a.pem",
                "https://169.254.169.254/a.pem",
                "https:\\\\gosspublic.alicdn.com/a.pem",
                "https://gosspublic.alicdn.com\\a.pem",
                "https://gosspublic.alicdn.com/a.pem\n",
                "https://gosspublic.alicdn.com/a.pem\u0000",
                " https://gosspublic.alicdn.com/a.pem",
                "https://gosspublic.alicdn.com/a b.pem",
                "https://gosspublic.alicdn.com/\u00e9.pem"
            })
    void noOtherAddressIsTaken(String url) {
        assertThat(CallbackKeys.path(header(url))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "!", "https://gosspublic.alicdn.com/a.pem", "aHR0c", "\u00e9"})
    void noOtherTextIsAHeader(String text) {
        assertThat(CallbackKeys.path(text)).isEmpty();
    }

    @Test
    void readsOverHttpsAndKeepsTheKeyForAnHour() throws Exception {
        assertThat(keys.at(PATH, NOW)).isEqualTo(KEY.publicKey());
        assertThat(keys.at(PATH, NOW.plus(CallbackKeys.FRESH).minusMillis(1))).isEqualTo(KEY.publicKey());
        assertThat(read).containsExactly(URI.create("https://gosspublic.alicdn.com" + PATH));

        CallbackKey next = CallbackKey.of("the next");
        file = next.pem();
        assertThat(keys.at(PATH, NOW.plus(CallbackKeys.FRESH))).isEqualTo(next.publicKey());
        assertThat(read).hasSize(2);
    }

    @Test
    void usesTheKeyForADayWhileTheHostDoesNotAnswer() throws Exception {
        keys.at(PATH, NOW);
        answers = false;

        assertThat(keys.at(PATH, NOW.plus(CallbackKeys.STALE).minusMillis(1))).isEqualTo(KEY.publicKey());
        isRefused(PATH, NOW.plus(CallbackKeys.STALE));
    }

    @Test
    void triesAFileThatItCouldNotReadNotAgainForTenSeconds() throws Exception {
        answers = false;
        isRefused(PATH, NOW);
        answers = true;
        isRefused(PATH, NOW.plus(Duration.ofSeconds(9)));
        assertThat(read).hasSize(1);

        assertThat(keys.at(PATH, NOW.plus(CallbackKeys.RETRY))).isEqualTo(KEY.publicKey());
    }

    @Test
    void aFileThatIsNoKeyIsNone() {
        file = "<html>";
        isRefused(PATH, NOW);
    }

    @Test
    void keepsFourKeys() throws Exception {
        for (int i = 0; i <= CallbackKeys.MAX_KEYS; i++) {
            keys.at("/" + i + ".pem", NOW);
        }
        read.clear();

        keys.at("/4.pem", NOW);
        assertThat(read).isEmpty();
        keys.at("/0.pem", NOW);
        assertThat(read).hasSize(1);
    }

    @Test
    void readsTenUnknownPathsInAMinute() throws Exception {
        answers = false;
        for (int i = 0; i < CallbackKeys.MAX_UNKNOWN; i++) {
            isRefused("/" + i + ".pem", NOW.plusSeconds(i));
        }
        assertThat(read).hasSize(CallbackKeys.MAX_UNKNOWN);
        answers = true;
        isRefused("/eleventh.pem", NOW.plusSeconds(59));
        assertThat(read).hasSize(CallbackKeys.MAX_UNKNOWN);

        keys.at("/eleventh.pem", NOW.plusSeconds(60));
        isRefused("/twelfth.pem", NOW.plusSeconds(60));
    }

    @Test
    void unknownPathsLeaveTheKeysOfKnownOnes() throws Exception {
        keys.at("/known.pem", NOW);
        Instant later = NOW.plus(CallbackKeys.FRESH);
        for (int i = 0; i < CallbackKeys.MAX_UNKNOWN; i++) {
            answers = false;
            isRefused("/" + i + ".pem", later);
        }
        answers = true;
        read.clear();

        keys.at(PATH, later);
        keys.at("/known.pem", later);
        assertThat(read).hasSize(2);
    }

    @Test
    void aReadThatHangsHoldsUpNobodyElse() throws Exception {
        CountDownLatch hangs = new CountDownLatch(1);
        CountDownLatch ends = new CountDownLatch(1);
        CallbackKeys slow = new CallbackKeys(uri -> {
            read.add(uri);
            if (uri.getPath().equals("/hangs.pem")) {
                hangs.countDown();
                awaited(ends);
            }
            return KEY.pem().getBytes(StandardCharsets.US_ASCII);
        });
        slow.at(PATH, NOW);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<PublicKey> hanging = threads.submit(() -> slow.at("/hangs.pem", NOW));
            awaited(hangs);
            long start = System.nanoTime();
            assertThat(slow.at(PATH, NOW)).isEqualTo(KEY.publicKey());
            assertThatThrownBy(() -> slow.at("/other.pem", NOW)).isInstanceOf(IOException.class);
            assertThat(slow.at(PATH, NOW.plus(CallbackKeys.FRESH))).isEqualTo(KEY.publicKey());
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
            assertThat(read).hasSize(3).noneMatch(uri -> uri.getPath().equals("/other.pem"));
            ends.countDown();
            assertThat(hanging.get(5, TimeUnit.SECONDS)).isEqualTo(KEY.publicKey());
        } finally {
            ends.countDown();
        }
    }

    @Test
    void aKnownKeyIsUsedWhileItIsReadAgain() throws Exception {
        CountDownLatch hangs = new CountDownLatch(1);
        CountDownLatch ends = new CountDownLatch(1);
        AtomicBoolean second = new AtomicBoolean();
        CallbackKeys slow = new CallbackKeys(uri -> {
            if (second.getAndSet(true)) {
                hangs.countDown();
                awaited(ends);
            }
            return KEY.pem().getBytes(StandardCharsets.US_ASCII);
        });
        slow.at(PATH, NOW);
        Instant later = NOW.plus(CallbackKeys.FRESH);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<PublicKey> hanging = threads.submit(() -> slow.at(PATH, later));
            awaited(hangs);
            long start = System.nanoTime();
            assertThat(slow.at(PATH, later)).isEqualTo(KEY.publicKey());
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
            ends.countDown();
            assertThat(hanging.get(5, TimeUnit.SECONDS)).isEqualTo(KEY.publicKey());
        } finally {
            ends.countDown();
        }
    }

    /** A server that has just started, and many callbacks at once. */
    @Test
    void callsWaitForTheDocumentedKeyThatIsReadOnce() throws Exception {
        AtomicInteger reads = new AtomicInteger();
        CallbackKeys slow = new CallbackKeys(uri -> {
            reads.incrementAndGet();
            LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
            return KEY.pem().getBytes(StandardCharsets.US_ASCII);
        });
        List<Future<PublicKey>> calls = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 5; i++) {
                calls.add(threads.submit(() -> slow.at(PATH, NOW)));
            }
            for (Future<PublicKey> call : calls) {
                assertThat(call.get(5, TimeUnit.SECONDS)).isEqualTo(KEY.publicKey());
            }
        }
        assertThat(reads).hasValue(1);
    }

    private static void awaited(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
