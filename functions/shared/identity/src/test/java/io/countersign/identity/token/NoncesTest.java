package io.countersign.identity.token;

import static io.countersign.identity.TestToken.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.registry.store.ItemKey;
import io.countersign.registry.store.MemoryStore;
import io.countersign.registry.store.StoreUnavailable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class NoncesTest {
    private static final Instant EXPIRES = NOW.plusSeconds(1_800);

    private final MemoryStore store = new MemoryStore();
    private final Nonces nonces = new Nonces(store, Nonces.Kind.CALLS);
    private final Nonces urls = new Nonces(store, Nonces.Kind.URLS);

    @Test
    void aNonceIsFirstOnce() throws Exception {
        assertThat(nonces.firstUse("LTAI5tOne", "abc", EXPIRES, NOW)).isTrue();
        assertThat(nonces.firstUse("LTAI5tOne", "abc", EXPIRES, NOW)).isFalse();
        assertThat(nonces.firstUse("LTAI5tOne", "abc", EXPIRES, EXPIRES.minusMillis(1)))
                .isFalse();
        assertThat(nonces.firstUse("LTAI5tOne", "abd", EXPIRES, NOW)).isTrue();
    }

    @Test
    void eachKeyHasItsOwnNonces() throws Exception {
        assertThat(nonces.firstUse("LTAI5tOne", "abc", EXPIRES, NOW)).isTrue();
        assertThat(nonces.firstUse("LTAI5tTwo", "abc", EXPIRES, NOW)).isTrue();
        assertThat(nonces.firstUse("STS.abc", "", EXPIRES, NOW)).isTrue();
    }

    @Test
    void aUrlAndACallNeverMeet() throws Exception {
        assertThat(nonces.firstUse("LTAI5tOne", "abc", EXPIRES, NOW)).isTrue();
        assertThat(urls.isUsed("LTAI5tOne", "abc", NOW)).isFalse();
        assertThat(urls.firstUse("LTAI5tOne", "abc", EXPIRES, NOW)).isTrue();
        assertThat(urls.isUsed("LTAI5tOne", "abc", NOW)).isTrue();
        assertThat(urls.isUsed("LTAI5tTwo", "abc", NOW)).isFalse();
        assertThat(store.payloads().keySet())
                .extracting(ItemKey::partition)
                .anyMatch(name -> name.startsWith("once/LTAI5tOne/"));
    }

    @Test
    void aUrlIsRememberedAQuarterOfAnHourAfterItsExpiry() throws Exception {
        Instant forgotten = EXPIRES.plusSeconds(900);
        assertThat(urls.firstUse("LTAI5tOne", "abc", EXPIRES, NOW)).isTrue();
        assertThat(urls.isUsed("LTAI5tOne", "abc", forgotten.minusMillis(1))).isTrue();
        assertThat(urls.firstUse("LTAI5tOne", "abc", EXPIRES, forgotten.minusMillis(1)))
                .isFalse();
        assertThat(urls.isUsed("LTAI5tOne", "abc", forgotten)).isFalse();
    }

    @Test
    void aNonceIsForgottenADayAfterItsRequestIsTooOld() throws Exception {
        Instant forgotten = EXPIRES.plus(Nonces.Kind.CALLS.outlives());
        assertThat(nonces.firstUse("LTAI5tOne", "abc", EXPIRES, NOW)).isTrue();
        assertThat(nonces.firstUse("LTAI5tOne", "abc", forgotten, forgotten.minusMillis(1)))
                .isFalse();
        assertThat(nonces.firstUse("LTAI5tOne", "abc", forgotten.plusSeconds(1_800), forgotten))
                .isTrue();
        assertThat(nonces.firstUse("LTAI5tOne", "abc", forgotten.plusSeconds(1_800), forgotten))
                .isFalse();
    }

    @Test
    void aNonceOfAnyLengthAndAnyCharactersIsAccepted() throws Exception {
        for (String nonce : List.of("n".repeat(100_000), "中/\u0000", "\uD800", "/", "..")) {
            assertThat(nonces.firstUse("LTAI5tOne", nonce, EXPIRES, NOW)).isTrue();
            assertThat(nonces.firstUse("LTAI5tOne", nonce, EXPIRES, NOW)).isFalse();
        }
    }

    @Test
    void costsOneWriteAndNoRead() throws Exception {
        nonces.firstUse("LTAI5tOne", "abc", EXPIRES, NOW);
        assertThat(store.writes()).isEqualTo(1);
        assertThat(store.reads()).isZero();
        assertThat(store.payloads().keySet().toString()).doesNotContain("abc");
    }

    @Test
    void ofManyAtOnceOneIsTheFirst() throws Exception {
        int callers = 64;
        CyclicBarrier together = new CyclicBarrier(callers);
        List<Future<Boolean>> answers = new ArrayList<>();
        try (var threads = Executors.newFixedThreadPool(callers)) {
            for (int i = 0; i < callers; i++) {
                answers.add(threads.submit(() -> {
                    together.await();
                    return new Nonces(store, Nonces.Kind.CALLS).firstUse("LTAI5tOne", "abc", EXPIRES, NOW);
                }));
            }
            int first = 0;
            for (Future<Boolean> answer : answers) {
                first += answer.get() ? 1 : 0;
            }
            assertThat(first).isEqualTo(1);
        }
    }

    @Test
    void withoutTheStoreNothingIsKnown() {
        store.down(true);
        assertThatThrownBy(() -> nonces.firstUse("LTAI5tOne", "abc", EXPIRES, NOW))
                .isInstanceOf(StoreUnavailable.class);
    }
}
