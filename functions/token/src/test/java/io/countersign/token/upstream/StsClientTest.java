package io.countersign.token.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.countersign.http.Header;
import io.countersign.http.client.Transport;
import io.countersign.signing.AccessKey;
import io.countersign.signing.Secret;
import io.countersign.testkit.Seeds;
import io.countersign.token.session.TemporaryCredentials;
import io.countersign.token.session.TokenRefusal;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StsClientTest {
    private static final Instant NOW = Instant.parse("2026-11-22T08:00:00.5Z");
    private static final String GOOD = "{\"RequestId\":\"x\",\"Credentials\":{\"AccessKeyId\":\"STS.abc\","
            + "\"AccessKeySecret\":\"secret\",\"SecurityToken\":\"token\",\"Expiration\":\"2026-11-22T09:00:00Z\"}}";
    private static final AssumeRoleForm.Parameters WANTED = new AssumeRoleForm.Parameters(
            "acs:ram::1234567890123456:role/app", "alice", Duration.ofHours(1), "{\"Version\":\"1\"}");
    private static final String ACCOUNT = "1234567890123456";
    private static final AccessKey SIGNER = new AccessKey("LTAI5tSigner", Secret.of("SignerSecret"));

    private final Deque<Object> answers = new ArrayDeque<>();
    private final List<String> forms = new ArrayList<>();
    private final List<Duration> timeouts = new ArrayList<>();
    private final List<Duration> pauses = new ArrayList<>();
    private long nanos;

    @Test
    void anAnswerIsAccepted() throws Exception {
        TemporaryCredentials credentials = asked(answer(200, GOOD));
        assertThat(credentials.accessKeyId()).isEqualTo("STS.abc");
        assertThat(credentials.revealed())
                .containsEntry("AccessKeySecret", "secret")
                .containsEntry("SecurityToken", "token")
                .containsEntry("Expiration", "2026-11-22T09:00:00Z");
        assertThat(pauses).isEmpty();
        assertThat(forms.getFirst())
                .contains("Action=AssumeRole&Version=2015-04-01&Format=JSON&AccessKeyId=LTAI5tSigner")
                .contains("Timestamp=2026-11-22T08%3A00%3A00Z")
                .contains(
                        "RoleArn=acs%3Aram%3A%3A1234567890123456%3Arole%2Fapp&RoleSessionName=alice&DurationSeconds=3600")
                .contains("&Policy=%7B%22Version%22%3A%221%22%7D&Signature=")
                .doesNotContain("SignerSecret");
    }

    @Test
    void aFractionOfASecondIsCutFromTheExpiration() throws Exception {
        assertThat(asked(answer(200, GOOD.replace("09:00:00Z", "09:00:00.999Z")))
                        .expiration())
                .isEqualTo(Instant.parse("2026-11-22T09:00:00Z"));
    }

    @Test
    void retriesATransientErrorWithANewNonce() throws Exception {
        Transport.Answer throttled = answer(400, "{\"Code\":\"Throttling.User\",\"Message\":\"\"}");
        for (Object passing :
                new Object[] {new IOException("reset"), answer(500, ""), answer(503, GOOD), answer(429, ""), throttled
                }) {
            forms.clear();
            pauses.clear();
            assertThat(asked(passing, passing, answer(200, GOOD)).accessKeyId()).isEqualTo("STS.abc");
            assertThat(forms).hasSize(3);
            assertThat(new HashSet<>(forms)).hasSize(3);
            assertThat(pauses.get(0)).isBetween(Duration.ofMillis(200), Duration.ofMillis(299));
            assertThat(pauses.get(1)).isBetween(Duration.ofMillis(400), Duration.ofMillis(599));
        }
    }

    @Test
    void afterThreeAttemptsItIsOver() {
        assertThat(refused(answer(500, ""), answer(502, ""), answer(504, "")).code())
                .isEqualTo(TokenRefusal.Code.UNAVAILABLE);
        assertThat(forms).hasSize(3);
        assertThat(pauses).hasSize(2);
    }

    @Test
    void allAttemptsTogetherAreBounded() {
        nanos = 0;
        StsClient slow = client(answer -> nanos += Duration.ofSeconds(3).toNanos());
        answers.addAll(List.of(new IOException("slow"), new IOException("slow"), new IOException("slow")));
        TokenRefusal refusal =
                catchThrowableOfType(TokenRefusal.class, () -> slow.assumeRole(WANTED, ACCOUNT, SIGNER, NOW));
        assertThat(refusal.code()).isEqualTo(TokenRefusal.Code.UNAVAILABLE);
        assertThat(timeouts).hasSize(3);
        assertThat(timeouts.get(0)).isEqualTo(Duration.ofSeconds(3));
        assertThat(timeouts.get(2)).isLessThanOrEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void aLaterAttemptIsSignedAtItsOwnTime() throws Exception {
        StsClient slow = client(answer -> nanos += Duration.ofSeconds(2).toNanos());
        answers.addAll(List.of(new IOException("slow"), answer(200, GOOD)));
        slow.assumeRole(WANTED, ACCOUNT, SIGNER, NOW);
        assertThat(forms.get(0)).contains("Timestamp=2026-11-22T08%3A00%3A00Z");
        assertThat(forms.get(1)).contains("Timestamp=2026-11-22T08%3A00%3A02Z");
    }

    @Test
    void aRefusalIsNotAskedAgainAndItsCodeIsPassedOn() {
        TokenRefusal refusal = refused(
                answer(403, "{\"Code\":\"NoPermission\",\"Message\":\"server string to sign is:POST&SignerSecret\"}"));
        assertThat(refusal.code()).isEqualTo(TokenRefusal.Code.REFUSED);
        assertThat(refusal.problem().status()).isEqualTo(502);
        assertThat(refusal.problem().code()).isEqualTo("UpstreamRefused");
        assertThat(refusal.problem().detail())
                .contains("refused with NoPermission;")
                .doesNotContain("SignerSecret");
        assertThat(forms).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "garbage",
                "<html/>",
                "[]",
                "{}",
                "{\"Credentials\":null}",
                "{\"Credentials\":{\"AccessKeyId\":\"STS.a\",\"AccessKeySecret\":\"s\",\"SecurityToken\":\"t\"}}",
                "{\"Credentials\":{\"AccessKeyId\":\"\",\"AccessKeySecret\":\"s\",\"SecurityToken\":\"t\",\"Expiration\":\"2026-11-22T09:00:00Z\"}}",
                "{\"Credentials\":{\"AccessKeyId\":\"STS.a\",\"AccessKeySecret\":\"\",\"SecurityToken\":\"t\",\"Expiration\":\"2026-11-22T09:00:00Z\"}}",
                "{\"Credentials\":{\"AccessKeyId\":\"STS.a\",\"AccessKeySecret\":\"s\",\"SecurityToken\":\"\",\"Expiration\":\"2026-11-22T09:00:00Z\"}}",
                "{\"Credentials\":{\"AccessKeyId\":\"STS a\",\"AccessKeySecret\":\"s\",\"SecurityToken\":\"t\",\"Expiration\":\"2026-11-22T09:00:00Z\"}}",
                "{\"Credentials\":{\"AccessKeyId\":\"STS.a\",\"AccessKeySecret\":\"s\",\"SecurityToken\":\"t\",\"Expiration\":\"tomorrow\"}}",
                "{\"Credentials\":{\"AccessKeyId\":\"STS.a\",\"AccessKeySecret\":\"s\",\"SecurityToken\":\"t\",\"Expiration\":\"2026-11-22T08:00:00Z\"}}"
            })
    void anAnswerThatIsNoSessionIsRefused(String body) {
        assertThat(refused(answer(200, body)).code()).isEqualTo(TokenRefusal.Code.UNUSABLE);
    }

    @Test
    void anErrorThatIsNotOfStsIsRefused() {
        assertThat(refused(answer(404, "Not Found")).code()).isEqualTo(TokenRefusal.Code.UNUSABLE);
        assertThat(refused(answer(400, "{\"Code\":\"<b>\"}")).code()).isEqualTo(TokenRefusal.Code.UNUSABLE);
        assertThat(refused(answer(302, "{\"Code\":\"Moved\"}")).code()).isEqualTo(TokenRefusal.Code.UNUSABLE);
        assertThat(refused(answer(204, GOOD)).code()).isEqualTo(TokenRefusal.Code.UNUSABLE);
    }

    private TemporaryCredentials asked(Object... ways) throws TokenRefusal {
        answers.addAll(List.of(ways));
        return client(answer -> {}).assumeRole(WANTED, ACCOUNT, SIGNER, NOW);
    }

    private TokenRefusal refused(Object... ways) {
        return catchThrowableOfType(TokenRefusal.class, () -> asked(ways));
    }

    @Test
    void anAccountAsksAHundredTimesASecond() throws Exception {
        for (int i = 0; i < 102; i++) {
            answers.add(answer(200, GOOD));
        }
        StsClient client = client(answer -> {});
        for (int i = 0; i < 100; i++) {
            client.assumeRole(WANTED, ACCOUNT, SIGNER, NOW);
        }
        TokenRefusal refusal =
                catchThrowableOfType(TokenRefusal.class, () -> client.assumeRole(WANTED, ACCOUNT, SIGNER, NOW));
        assertThat(refusal.problem().status()).isEqualTo(429);
        assertThat(refusal.problem().code()).isEqualTo("TooManyRequests");
        assertThat(refusal.problem().headers()).containsExactly(new Header("Retry-After", "1"));
        assertThat(forms).hasSize(100);
        client.assumeRole(WANTED, "6543210987654321", SIGNER, NOW);
        nanos += Duration.ofMillis(10).toNanos();
        client.assumeRole(WANTED, ACCOUNT, SIGNER, NOW);
        assertThat(catchThrowableOfType(TokenRefusal.class, () -> client.assumeRole(WANTED, ACCOUNT, SIGNER, NOW)))
                .isNotNull();
    }

    @Test
    void eachTryCountsTowardsTheRate() {
        StsClient client = client(answer -> {});
        for (int i = 0; i < 100; i++) {
            answers.add(answer(500, ""));
        }
        for (int i = 0; i < 33; i++) {
            assertThat(catchThrowableOfType(TokenRefusal.class, () -> client.assumeRole(WANTED, ACCOUNT, SIGNER, NOW))
                            .code())
                    .isEqualTo(TokenRefusal.Code.UNAVAILABLE);
        }
        assertThat(forms).hasSize(99);
        // The second try of this one is the 101st.
        assertThat(catchThrowableOfType(TokenRefusal.class, () -> client.assumeRole(WANTED, ACCOUNT, SIGNER, NOW))
                        .code())
                .isEqualTo(TokenRefusal.Code.UNAVAILABLE);
        assertThat(forms).hasSize(100);
    }

    private StsClient client(java.util.function.Consumer<Object> taking) {
        Transport transport = (uri, headers, form, timeout) -> {
            forms.add(form);
            timeouts.add(timeout);
            Object way = answers.remove();
            taking.accept(way);
            if (way instanceof IOException e) {
                throw e;
            }
            return (Transport.Answer) way;
        };
        return new StsClient(
                new UpstreamSessions.StsEndpoint(URI.create("http://localhost:1")),
                transport,
                Seeds.secure(),
                () -> nanos,
                pauses::add);
    }

    private static Transport.Answer answer(int status, String body) {
        return new Transport.Answer(status, Optional.empty(), body);
    }
}
