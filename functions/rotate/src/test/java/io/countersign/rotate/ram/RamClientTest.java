package io.countersign.rotate.ram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.countersign.http.client.Transport;
import io.countersign.signing.AccessKey;
import io.countersign.signing.Secret;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RamClientTest {
    private static final Instant NOW = Instant.parse("2026-11-22T08:00:00Z");
    private static final String USER = "app-signer";
    private static final String SECRET = "signerSecretsignerSecretsigner";

    private final RamServer ram = new RamServer(NOW);
    private final AccessKey signer = new AccessKey("LTAI5tSigner", Secret.of(SECRET));

    RamClientTest() {
        ram.put(USER, signer.id(), SECRET, NOW.minusSeconds(60));
    }

    @AfterEach
    void stop() {
        ram.close();
    }

    @Test
    void aKeyIsMadeListedPutOutOfUseAndDeleted() throws Exception {
        RamClient client = ram.client();
        AccessKey made = client.create(USER, signer);
        assertThat(client.list(USER, made).keys())
                .containsExactly(
                        new Listing.ListedKey(signer.id(), NOW.minusSeconds(60)),
                        new Listing.ListedKey(made.id(), NOW));
        assertThat(client.list(USER, signer).at()).isEqualTo(NOW);
        assertThat(client.deactivate(USER, made.id(), signer)).isEqualTo(RamClient.Found.THERE);
        assertThat(ram.keys(USER).getLast().active()).isFalse();
        assertThat(client.delete(USER, made.id(), signer)).isEqualTo(RamClient.Found.THERE);
        assertThat(ram.keys(USER)).hasSize(1);
        assertThat(client.deactivate(USER, made.id(), signer)).isEqualTo(RamClient.Found.GONE);
        assertThat(client.delete(USER, made.id(), signer)).isEqualTo(RamClient.Found.GONE);
    }

    @Test
    void theSecretIsNeverSentAndEachRequestHasANonceOfItsOwn() throws Exception {
        RamClient client = ram.client();
        client.list(USER, signer);
        client.list(USER, signer);
        assertThat(ram.requests()).noneMatch(request -> request.toString().contains(SECRET));
        assertThat(ram.requests())
                .extracting(request -> request.headers().get("x-acs-signature-nonce"))
                .doesNotHaveDuplicates()
                .allMatch(nonce -> nonce.length() == 32);
    }

    @ParameterizedTest
    @EnumSource(
            value = RamFault.class,
            names = {"THROTTLED", "TOO_MANY", "DOWN", "LOST", "BROKEN", "HUGE"})
    void retriesATransientError(RamFault fault) throws Exception {
        AccessKey made = ram.client().create(USER, signer);
        ram.forget();
        ram.goWrong(fault, fault);
        ram.client().delete(USER, made.id(), signer);
        assertThat(ram.actions()).hasSize(3);
        assertThat(ram.keys(USER)).hasSize(1);
        ram.goWrong(fault, fault, fault);
        assertThat(refused(() -> ram.client().list(USER, signer))).isEqualTo(RamRefusal.RamError.UNAVAILABLE);
    }

    @ParameterizedTest
    @EnumSource(
            value = RamFault.class,
            names = {"DOWN", "LOST", "BROKEN", "HUGE"})
    void doesNotRetryACreationOfUnknownOutcome(RamFault fault) {
        ram.goWrong(fault);
        assertThat(refused(() -> ram.client().create(USER, signer))).isEqualTo(RamRefusal.RamError.UNAVAILABLE);
        assertThat(ram.actions()).containsExactly("CreateAccessKey");
    }

    @ParameterizedTest
    @EnumSource(
            value = RamFault.class,
            names = {"THROTTLED", "TOO_MANY"})
    void aKeyIsAskedForAgainWhenRamSaysThatItDidNotAct(RamFault fault) throws Exception {
        ram.goWrong(fault, fault);
        ram.client().create(USER, signer);
        assertThat(ram.keys(USER)).hasSize(2);
    }

    @Test
    void anAnswerThatNeverEndsIsGivenUp() {
        ram.goWrong(RamFault.STUCK);
        AtomicLong calls = new AtomicLong();
        // Most of the time has gone when the attempt begins.
        RamClient late = ram.client(
                UnaryOperator.identity(),
                () -> calls.getAndIncrement() == 0
                        ? 0
                        : Duration.ofMillis(7_600).toNanos(),
                pause -> {});
        assertThat(refused(() -> late.create(USER, signer))).isEqualTo(RamRefusal.RamError.UNAVAILABLE);
    }

    @ParameterizedTest
    @EnumSource(
            value = RamFault.class,
            names = {"GARBLED", "REDIRECTED"})
    void reportsAnAnswerThatIsNotOfRam(RamFault fault) {
        ram.goWrong(fault, fault, fault);
        for (Ask ask : asks()) {
            assertThat(refused(ask)).isEqualTo(RamRefusal.RamError.UNUSABLE);
        }
        assertThat(ram.requests()).hasSize(3);
    }

    @Test
    void anAnswerWithoutAMomentIsNoListing() {
        RamClient timeless = ram.client(http -> (uri, headers, body, timeout) -> {
            Transport.Answer answer = http.post(uri, headers, body, timeout);
            return new Transport.Answer(answer.status(), Optional.empty(), answer.body());
        });
        assertThat(refused(() -> timeless.list(USER, signer))).isEqualTo(RamRefusal.RamError.UNUSABLE);
    }

    @ParameterizedTest
    @CsvSource({
        "InvalidAccessKeyId.NotFound, SIGNER_REFUSED",
        "InvalidAccessKeyId.Inactive, SIGNER_REFUSED",
        "NoPermission, NO_PERMISSION",
        "EntityNotExist.User, NO_SUCH_USER",
        "LimitExceeded.User.AccessKey, LIMIT",
        "SignatureDoesNotMatch, REFUSED",
        "EntityNotExist.User.Policy, REFUSED"
    })
    void ramsCodesSayWhatToDoAndNothingElseOfTheAnswerIsRepeated(String code, RamRefusal.RamError error) {
        RamRefusal refusal = refusal(() -> answering(400, "{\"Code\":\"" + code + "\",\"Message\":\"" + SECRET + "\"}")
                .list(USER, signer));
        assertThat(refusal.error()).isEqualTo(error);
        assertThat(refusal.getMessage())
                .startsWith(error.code() + ": ")
                .contains(refusal.reason())
                .doesNotContain(SECRET);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "",
                "{\"AccessKey\":[]}",
                "{\"AccessKey\":{\"AccessKeyId\":\"LTAI\"}}",
                "{\"AccessKey\":{\"AccessKeyId\":\"L/AI\",\"AccessKeySecret\":\"s\"}}",
                "{\"AccessKey\":{\"AccessKeyId\":\"STS.x\",\"AccessKeySecret\":\"s\"}}",
                "{\"AccessKey\":{\"AccessKeyId\":\"LTAI\",\"AccessKeySecret\":\"\"}}",
                "{\"AccessKey\":{\"AccessKeyId\":\"LTAI\",\"AccessKeySecret\":\"a b\"}}"
            })
    void refusesAnInvalidKey(String body) {
        assertThat(refused(() -> answering(200, body).create(USER, signer))).isEqualTo(RamRefusal.RamError.UNUSABLE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"AccessKeys\":{}}",
                "{\"AccessKeys\":{\"AccessKey\":{}}}",
                "{\"AccessKeys\":{\"AccessKey\":[{\"AccessKeyId\":\"LTAI\"}]}}",
                "{\"AccessKeys\":{\"AccessKey\":[{\"AccessKeyId\":\"LTAI\",\"CreateDate\":\"yesterday\"}]}}",
                "{\"AccessKeys\":{\"AccessKey\":[{\"AccessKeyId\":\"L AI\",\"CreateDate\":\"2015-01-23T12:33:18Z\"}]}}"
            })
    void refusesAnInvalidListing(String body) {
        assertThat(refused(() -> answering(200, body).list(USER, signer))).isEqualTo(RamRefusal.RamError.UNUSABLE);
    }

    @Test
    void aListingThatIsFarTooLongIsNone() {
        List<String> keys = new ArrayList<>();
        for (int i = 0; i < 101; i++) {
            keys.add("{\"AccessKeyId\":\"LTAI" + i + "\",\"CreateDate\":\"2015-01-23T12:33:18Z\"}");
        }
        String body = "{\"AccessKeys\":{\"AccessKey\":[" + String.join(",", keys) + "]}}";
        assertThat(refused(() -> answering(200, body).list(USER, signer))).isEqualTo(RamRefusal.RamError.UNUSABLE);
    }

    @Test
    void usesTheEndpointOfAlibabaCloudAndAllowsHttpOnlyOnLoopback() {
        assertThat(RamClient.Endpoint.DEFAULT.uri()).isEqualTo(URI.create("https://ram.aliyuncs.com/"));
        assertThat(new RamClient.Endpoint(URI.create("http://localhost:1")).uri())
                .isEqualTo(URI.create("http://localhost:1/"));
        for (String bad : List.of("http://ram.aliyuncs.com", "https://ram.aliyuncs.com/x", "ram.aliyuncs.com", "/")) {
            assertThatThrownBy(() -> new RamClient.Endpoint(URI.create(bad)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("https://ram.aliyuncs.com");
        }
    }

    private RamClient answering(int status, String body) {
        String date = "Sun, 22 Nov 2026 08:00:00 GMT";
        assertThat(body.length()).isLessThan(Transport.HttpTransport.MAX_BYTES);
        return ram.client(
                http -> (uri, headers, sent, timeout) -> new Transport.Answer(status, Optional.of(date), body));
    }

    private interface Ask {
        void of() throws RamRefusal;
    }

    private List<Ask> asks() {
        RamClient client = ram.client();
        return List.of(
                () -> client.create(USER, signer),
                () -> client.list(USER, signer),
                () -> client.deactivate(USER, "LTAI5tOther", signer));
    }

    private static RamRefusal refusal(Ask ask) {
        return catchThrowableOfType(RamRefusal.class, ask::of);
    }

    private static RamRefusal.RamError refused(Ask ask) {
        return refusal(ask).error();
    }
}
