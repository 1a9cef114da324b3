package io.countersign.verify.decide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.identity.token.SessionIssuer;
import io.countersign.identity.token.SessionReader;
import io.countersign.oss.BaseDomains;
import io.countersign.oss.HttpMethod;
import io.countersign.oss.OnceParameter;
import io.countersign.policy.TraceStep;
import io.countersign.registry.store.ReadOnlyStore;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.signing.SignatureVersion;
import io.countersign.signing.SigningKeys;
import io.countersign.verify.explain.Explained;
import io.countersign.verify.explain.Explanation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** URLs that are good once: what is taken, and what uses them up. */
class OneUseTest extends AbstractVerifierTest {
    private static final String VALUE = "0123456789abcdef0123456789abcdef";
    private static final String ONCE = OnceParameter.NAME + "=" + VALUE;
    private static final Duration LIFE = Duration.ofMinutes(10);

    private final UrlUses uses = new UrlUses(registry.store);

    private static VerifyRequest url(String query) {
        return ClientRequest.get(SampleRegistry.PRIVATE, "team/a")
                .query(query)
                .presigned(SignatureVersion.V4, SampleRegistry.USER, LIFE);
    }

    private VerifyAnswer spend(VerifyRequest request) throws StoreUnavailable {
        return uses.spend(verify(request), SampleRegistry.NOW);
    }

    @Test
    void aUrlPassesOnce() throws Exception {
        VerifyAnswer first = spend(url(ONCE));
        assertThat(first.allowed()).isTrue();
        assertThat(first.oneUse()).contains(new OneUse(SampleRegistry.USER.id(), VALUE, SampleRegistry.NOW.plus(LIFE)));
        assertThat(first.trace().getLast().step()).isEqualTo("once");
        VerifyAnswer second = spend(url(ONCE));
        assertThat(second.allowed()).isFalse();
        assertThat(second.status()).isEqualTo(403);
        assertThat(second.oneUse()).isEmpty();
        VerifyAnswer.AnswerError error = second.error().orElseThrow();
        assertThat(error.code()).isEqualTo("AccessDenied");
        assertThat(error.message()).contains("good for one request");
        assertThat(second.trace().getLast().outcome()).isEqualTo(TraceStep.Outcome.DENY);
        assertThat(second.principal()).isEqualTo(first.principal());
    }

    /** A question about a used URL uses nothing up, and its cause is that of the refusal. */
    @Test
    void aQuestionAboutAUsedUrlIsExplained() throws Exception {
        VerifyRequest request = url(ONCE);
        for (boolean used : new boolean[] {false, true}) {
            Explanation explanation = new Explanation(request, Explained.ClientForm.UNKNOWN);
            VerifyAnswer answer = uses.check(
                    verifier.verify(request, explanation, SampleRegistry.NOW), explanation, SampleRegistry.NOW);
            assertThat(answer.allowed()).isEqualTo(!used);
            Optional<String> cause = explanation.explained().cause().map(Explained.Cause::code);
            assertThat(cause).isEqualTo(used ? Optional.of("UrlUsed") : Optional.empty());
            spend(request);
        }
    }

    @Test
    void anotherValueAndAnotherKeyAreOtherUrls() throws Exception {
        assertThat(spend(url(ONCE)).allowed()).isTrue();
        assertThat(spend(url(OnceParameter.NAME + "=" + "f".repeat(32))).allowed())
                .isTrue();
        VerifyRequest ofOther = ClientRequest.get(SampleRegistry.PRIVATE, "team/a")
                .query(ONCE)
                .presigned(SignatureVersion.V4, SampleRegistry.ROOT, LIFE);
        assertThat(spend(ofOther).allowed()).isTrue();
        assertThat(spend(ofOther).allowed()).isFalse();
    }

    @Test
    void anotherUrlOfThatKeyWithThatValueIsUsedUpToo() throws Exception {
        assertThat(spend(url(ONCE)).allowed()).isTrue();
        VerifyRequest other = ClientRequest.get(SampleRegistry.PRIVATE, "team/b")
                .query(ONCE)
                .presigned(SignatureVersion.V4, SampleRegistry.USER, LIFE);
        assertThat(spend(other).allowed()).isFalse();
    }

    @Test
    void otherUrlsCostNothing() throws Exception {
        int writes = registry.store.writes();
        assertThat(spend(url("")).allowed()).isTrue();
        assertThat(spend(url("")).allowed()).isTrue();
        assertThat(registry.store.writes()).isEqualTo(writes);
    }

    @Test
    void oneUseIsOneWriteAndNoFurtherRead() throws Exception {
        VerifyAnswer answer = verify(url(ONCE));
        int writes = registry.store.writes();
        int reads = registry.store.reads();
        uses.spend(answer, SampleRegistry.NOW);
        assertThat(registry.store.writes()).isEqualTo(writes + 1);
        assertThat(registry.store.reads()).isEqualTo(reads);
    }

    @Test
    void aRefusalAndALookUseNothingUp() throws Exception {
        VerifyRequest refused = ClientRequest.get(SampleRegistry.PRIVATE, "team/secret/a")
                .query(ONCE)
                .presigned(SignatureVersion.V4, SampleRegistry.USER, LIFE);
        assertThat(spend(refused).allowed()).isFalse();
        VerifyRequest otherSignature = VerifyRequests.method(url(ONCE), "DELETE");
        assertThat(spend(otherSignature).error().orElseThrow().code()).isEqualTo("SignatureDoesNotMatch");
        VerifyRequest preflight = VerifyRequests.method(url(ONCE), "OPTIONS");
        assertThat(verify(preflight).oneUse()).isEmpty();
        assertThat(uses.check(verify(url(ONCE)), SampleRegistry.NOW).allowed()).isTrue();
        assertThat(spend(url(ONCE)).allowed()).isTrue();
        assertThat(uses.check(verify(url(ONCE)), SampleRegistry.NOW).allowed()).isFalse();
    }

    @Test
    void withoutTheParameterTheSignatureDoesNotMatch() {
        VerifyRequest request = url("response-content-type=a%2Fb&" + ONCE);
        assertAllowed(request);
        for (String other : List.of("", OnceParameter.NAME + "=" + "f".repeat(32) + "&")) {
            VerifyRequest changed = VerifyRequests.url(request, request.url().replace(ONCE + "&", other));
            assertRefused(changed, 403, "SignatureDoesNotMatch");
        }
        VerifyRequest moved = VerifyRequests.url(
                request, request.url().replace("&" + ONCE, "%26" + OnceParameter.NAME + "%3D" + VALUE));
        assertRefused(moved, 403, "SignatureDoesNotMatch");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x-oss-countersign-once",
                "x-oss-countersign-once=",
                "x-oss-countersign-once=0123456789abcdef0123456789abcde",
                "x-oss-countersign-once=0123456789abcdef0123456789abcdef0",
                "x-oss-countersign-once=0123456789ABCDEF0123456789ABCDEF",
                "x-oss-countersign-once=0123456789abcdef0123456789abcdeg",
                "x-oss-countersign-once=0123456789abcdef0123456789abcde%20",
                "x-oss-countersign-once=0123456789abcdef0123456789abcd%D9%A1",
                "x-oss-countersign-once=0123456789abcdef0123456789abcdef&x-oss-countersign-once=0123456789abcdef0123456789abcdef",
                "x-oss-countersign-once=0123456789abcdef0123456789abcdef&x-oss-countersign-once=ffffffffffffffffffffffffffffffff",
                "X-Oss-Countersign-Once=0123456789abcdef0123456789abcdef",
                "x-oss-countersign-once%3D0123456789abcdef0123456789abcdef",
                "x-oss-countersign-twice=0123456789abcdef0123456789abcdef"
            })
    void whatIsMalformedIsRefusedAndNotIgnored(String query) {
        assertRefused(url(query), 400, "InvalidArgument");
    }

    @ParameterizedTest
    @EnumSource
    void onlyAV4UrlIsTaken(SignatureVersion version) {
        ClientRequest request =
                ClientRequest.get(SampleRegistry.PRIVATE, "team/a").query(ONCE);
        assertRefused(request.signed(version, SampleRegistry.USER), 400, "InvalidArgument");
        if (version != SignatureVersion.V4) {
            assertRefused(request.presigned(version, SampleRegistry.USER, LIFE), 400, "InvalidArgument");
        }
        assertRefused(
                ClientRequest.get(SampleRegistry.READABLE, "a").query(ONCE).anonymous(), 400, "InvalidArgument");
    }

    @Test
    void everyOperationTakesIt() {
        VerifyRequest put = ClientRequest.of(HttpMethod.PUT, SampleRegistry.PRIVATE, "team/a")
                .query(ONCE)
                .presigned(SignatureVersion.V4, SampleRegistry.USER, LIFE);
        assertThat(assertAllowed(put).oneUse()).isPresent();
    }

    @Test
    void aUrlIsUsedUpForItsWholeLife() throws Exception {
        assertThat(spend(url(ONCE)).allowed()).isTrue();
        VerifyAnswer last = verifier.verify(url(ONCE), SampleRegistry.NOW.plus(LIFE));
        assertThat(last.allowed()).isTrue();
        assertThat(uses.spend(last, SampleRegistry.NOW.plus(LIFE)).allowed()).isFalse();
        assertThat(uses.spend(last, SampleRegistry.NOW.plus(LIFE).plusSeconds(899))
                        .allowed())
                .isFalse();
    }

    @Test
    void aUseIsRememberedNoLongerThanTheSessionThatSigned() throws Exception {
        SessionIssuer.IssuedSession session = new Sessions(registry).alice();
        Verifier withSessions = new Verifier(
                registry.reader(),
                SessionOpener.of(new SessionReader(registry.reader())),
                new SigningKeys(16),
                BaseDomains.DEFAULT);
        Instant end = SampleRegistry.NOW.plus(Duration.ofHours(1));
        for (Duration life : List.of(Duration.ofDays(7), LIFE)) {
            VerifyRequest request = ClientRequest.get(SampleRegistry.PRIVATE, "users/alice/a")
                    .query(ONCE)
                    .token(session.token().reveal())
                    .presigned(SignatureVersion.V4, Sessions.key(session), life);
            VerifyAnswer answer = withSessions.verify(request, SampleRegistry.NOW);
            assertThat(answer.error()).isEmpty();
            Instant urlEnd = SampleRegistry.NOW.plus(life);
            assertThat(answer.oneUse().orElseThrow().expiresAt()).isEqualTo(urlEnd.isBefore(end) ? urlEnd : end);
        }
        VerifyRequest week = ClientRequest.get(SampleRegistry.PRIVATE, "users/alice/a")
                .query(ONCE)
                .token(session.token().reveal())
                .presigned(SignatureVersion.V4, Sessions.key(session), Duration.ofDays(7));
        assertThat(uses.spend(withSessions.verify(week, SampleRegistry.NOW), SampleRegistry.NOW)
                        .allowed())
                .isTrue();
        Instant last = end.minusSeconds(1);
        assertThat(uses.spend(withSessions.verify(week, last), last).allowed()).isFalse();
        assertThat(withSessions.verify(week, end).error().orElseThrow().code()).isEqualTo("SecurityTokenExpired");
    }

    @Test
    void withoutAStoreThatTakesTheUseNothingPasses() {
        VerifyAnswer answer = verify(url(ONCE));
        assertThatThrownBy(() -> new UrlUses(new ReadOnlyStore(registry.store)).spend(answer, SampleRegistry.NOW))
                .isInstanceOf(StoreUnavailable.ReadOnlyRegistry.class);
        registry.store.down(true);
        assertThatThrownBy(() -> uses.spend(answer, SampleRegistry.NOW)).isInstanceOf(StoreUnavailable.class);
        assertThatThrownBy(() -> uses.check(answer, SampleRegistry.NOW)).isInstanceOf(StoreUnavailable.class);
    }

    @Test
    void ofManyAtTheSameMomentOnePasses() throws Exception {
        int callers = 64;
        CyclicBarrier together = new CyclicBarrier(callers);
        Callable<Boolean> call = () -> {
            VerifyAnswer answer = verify(url(ONCE));
            together.await();
            return new UrlUses(registry.store).spend(answer, SampleRegistry.NOW).allowed();
        };
        try (var threads = Executors.newFixedThreadPool(callers)) {
            List<Future<Boolean>> answers = IntStream.range(0, callers)
                    .mapToObj(i -> threads.submit(call))
                    .toList();
            int passed = 0;
            for (Future<Boolean> answer : answers) {
                passed += answer.get() ? 1 : 0;
            }
            assertThat(passed).isEqualTo(1);
        }
    }
}
