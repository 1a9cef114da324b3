package io.countersign.identity.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.countersign.http.Header;
import io.countersign.registry.RoleLimits;
import io.countersign.testkit.Seeds;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SubjectLimitsTest {
    private static final Instant NOW = Instant.parse("2026-11-22T08:00:00Z");
    private static final RoleLimits FIVE = limits(3, 5);

    private final SubjectLimits limits = new SubjectLimits(Seeds.secure());

    private static RoleLimits limits(int sessions, int signatures) {
        return new RoleLimits(OptionalInt.of(sessions), OptionalInt.of(signatures));
    }

    private static LimitedSubject subject(String name) {
        return new LimitedSubject("1234567890123456", "role-1", "provider/demo", name);
    }

    private boolean signs(LimitedSubject subject, int signatures, Instant now) {
        return signs(subject, FIVE, signatures, now);
    }

    private boolean signs(LimitedSubject subject, RoleLimits role, int signatures, Instant now) {
        try {
            limits.signatures(subject, role, signatures, now);
            return true;
        } catch (LimitExceededException e) {
            return false;
        }
    }

    private LimitExceededException refusal(LimitedSubject subject, int signatures, Instant now) {
        return catchThrowableOfType(
                LimitExceededException.class, () -> limits.signatures(subject, FIVE, signatures, now));
    }

    @Test
    void aSubjectGetsItsLimitAndAfterAMinuteAgain() {
        LimitedSubject alice = subject("alice");
        for (int i = 0; i < 5; i++) {
            assertThat(signs(alice, 1, NOW.plusSeconds(i))).isTrue();
        }
        LimitExceededException refused = refusal(alice, 1, NOW.plusSeconds(30));
        assertThat(refused.retryAfter()).isEqualTo(40);
        assertThat(refused.headers()).containsExactly(new Header("Retry-After", "40"));
        assertThat(refused.text()).contains("5 signatures in a minute").contains("try again in 40 seconds");
        assertThat(signs(alice, 1, NOW.plusSeconds(69))).isFalse();
        assertThat(signs(alice, 5, NOW.plusSeconds(70))).isTrue();
    }

    @Test
    void everySubjectRoleProviderAndAccountCountsForItself() {
        List<LimitedSubject> all = List.of(
                subject("alice"),
                subject("bob"),
                new LimitedSubject("1234567890123456", "role-2", "provider/demo", "alice"),
                new LimitedSubject("1234567890123456", "role-1", "provider/other", "alice"),
                new LimitedSubject("6543210987654321", "role-1", "provider/demo", "alice"),
                // The same texts, joined.
                new LimitedSubject("1234567890123456", "role-1", "provider/dem", "oalice"));
        for (LimitedSubject one : all) {
            assertThat(signs(one, 5, NOW)).isTrue();
            assertThat(signs(one, 1, NOW)).isFalse();
        }
        assertThat(limits.counts()).isEqualTo(all.size());
    }

    @Test
    void sessionsAndSignaturesAreCountedApart() throws Exception {
        LimitedSubject alice = subject("alice");
        assertThat(signs(alice, 5, NOW)).isTrue();
        for (int i = 0; i < 3; i++) {
            limits.session(alice, FIVE, NOW);
        }
        LimitExceededException refused =
                catchThrowableOfType(LimitExceededException.class, () -> limits.session(alice, FIVE, NOW));
        assertThat(refused.text()).contains("3 sessions in a minute");
    }

    @Test
    void aRoleWithoutALimitIsNotCounted() {
        assertThatCode(() -> {
                    for (int i = 0; i < 10_000; i++) {
                        limits.session(subject("alice"), RoleLimits.NONE, NOW);
                        limits.signatures(subject("alice"), RoleLimits.NONE, 1_000, NOW);
                    }
                })
                .doesNotThrowAnyException();
        assertThat(limits.counts()).isZero();
    }

    @Test
    void aBatchIsCountedAsAWholeOrNotAtAll() {
        LimitedSubject alice = subject("alice");
        assertThat(signs(alice, 3, NOW)).isTrue();
        assertThat(signs(alice, 3, NOW)).isFalse();
        assertThat(signs(alice, 2, NOW)).isTrue();
    }

    @Test
    void aBatchThatNeverFitsIsToldToBeSmaller() {
        LimitExceededException refused = refusal(subject("alice"), 6, NOW);
        assertThat(refused.text()).contains("ask for fewer");
        assertThat(refused.retryAfter()).isEqualTo(1);
        assertThat(limits.counts()).isZero();
        assertThat(signs(subject("alice"), 5, NOW)).isTrue();
        assertThat(refusal(subject("alice"), 6, NOW).retryAfter()).isEqualTo(70);
    }

    @Test
    void aChangedLimitHoldsForEarlierUses() {
        LimitedSubject alice = subject("alice");
        assertThat(signs(alice, FIVE, 4, NOW)).isTrue();
        assertThat(signs(alice, limits(1, 2), 1, NOW)).isFalse();
        assertThat(signs(alice, limits(1, 8), 4, NOW)).isTrue();
        assertThat(signs(alice, limits(1, 8), 1, NOW)).isFalse();
    }

    @Test
    void aHundredThousandSubjectsAreHeldExactly() {
        RoleLimits two = limits(1, 2);
        int[] signed = new int[3];
        for (int round = 0; round < signed.length; round++) {
            for (int i = 0; i < 100_000; i++) {
                signed[round] += signs(subject("user-" + i), two, 1, NOW.plusSeconds(round)) ? 1 : 0;
            }
        }
        assertThat(signed).containsExactly(100_000, 100_000, 0);
        assertThat(limits.counts()).isEqualTo(100_000);
    }

    @Test
    void aQuarterOfAMillionSubjectsNeedsNoMoreMemoryThanTheBound() {
        for (int i = 0; i < 250_000; i++) {
            assertThat(signs(subject("user-" + i), 1, NOW)).isTrue();
        }
        assertThat(limits.counts())
                .isLessThanOrEqualTo(SubjectLimits.MAX_COUNTS)
                .isGreaterThan(100_000);
        // A minute later all of them are past, and make room.
        for (int i = 0; i < 220_000; i++) {
            assertThat(signs(subject("other-" + i), 1, NOW.plusSeconds(70))).isTrue();
        }
        assertThat(limits.counts()).isLessThanOrEqualTo(SubjectLimits.MAX_COUNTS);
    }

    @Test
    void floodingWithOtherSubjectsGivesNothingBack() {
        LimitedSubject used = subject("used-up");
        LimitedSubject partly = subject("partly");
        assertThat(signs(used, 5, NOW)).isTrue();
        assertThat(signs(partly, 2, NOW)).isTrue();
        for (int i = 0; i < 220_000; i++) {
            assertThat(signs(subject("flood-" + i), 1, NOW.plusSeconds(1))).isTrue();
        }
        assertThat(signs(used, 1, NOW.plusSeconds(2))).isFalse();
        assertThat(signs(partly, 4, NOW.plusSeconds(2))).isFalse();
        assertThat(signs(partly, 3, NOW.plusSeconds(2))).isTrue();
    }

    @Test
    void whereAllHaveUsedUpTheirLimitsANewSubjectIsRefused() {
        RoleLimits one = limits(1, 1);
        int taken = 0;
        for (int i = 0; i < 260_000; i++) {
            taken += signs(subject("flood-" + i), one, 1, NOW) ? 1 : 0;
        }
        assertThat(taken).isEqualTo(limits.counts()).isBetween(160_000, SubjectLimits.MAX_COUNTS);
        LimitExceededException refused = refusal(subject("new"), 1, NOW);
        assertThat(refused.text()).contains("Too many users");
        assertThat(refused.retryAfter()).isEqualTo(10);
        for (int i = 0; i < 1_000; i++) {
            assertThat(signs(subject("flood-" + i), one, 1, NOW)).isFalse();
        }
        assertThat(signs(subject("new"), one, 1, NOW.plusSeconds(70))).isTrue();
    }

    @Test
    void manyThreadsAtOnceGetExactlyTheLimit() throws Exception {
        int threads = 64;
        RoleLimits role = limits(1, 1_000);
        AtomicInteger signed = new AtomicInteger();
        CountDownLatch start = new CountDownLatch(1);
        try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
            List<Future<Integer>> done = new ArrayList<>();
            for (int t = 0; t < threads; t++) {
                int thread = t;
                Callable<Integer> work = () -> {
                    start.await();
                    for (int i = 0; i < 100; i++) {
                        int batch = 1 + (thread + i) % 3;
                        if (signs(subject("alice"), role, batch, NOW.plusMillis(thread * 700L + i))) {
                            signed.addAndGet(batch);
                        }
                        signs(subject("other-" + thread + "-" + i), role, 1, NOW);
                    }
                    return 0;
                };
                done.add(pool.submit(work));
            }
            start.countDown();
            for (Future<Integer> one : done) {
                assertThat(one.get()).isZero();
            }
        }
        // What is left is smaller than the smallest batch that was refused.
        assertThat(signed.get()).isEqualTo(1_000);
    }
}
