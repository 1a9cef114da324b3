package io.countersign.signing;

import static io.countersign.signing.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.countersign.oss.Headers;
import io.countersign.oss.HttpMethod;
import io.countersign.oss.OssError;
import io.countersign.oss.OssRefusal;
import io.countersign.oss.OssRequest;
import io.countersign.oss.QueryParameters;
import io.countersign.oss.Target;
import io.countersign.signing.RequestCredentials.V1Header;
import io.countersign.signing.RequestCredentials.V1Url;
import io.countersign.signing.RequestCredentials.V2Header;
import io.countersign.signing.RequestCredentials.V2Url;
import io.countersign.signing.RequestCredentials.V4Header;
import io.countersign.signing.RequestCredentials.V4Url;
import io.countersign.signing.base.SigningTime;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ValidityTest {
    private static final Instant NOW = Instant.parse("2026-11-22T02:52:36Z");
    private static final CredentialScope SCOPE = new CredentialScope("ak", "20261122", "cn-hangzhou", "oss");
    private static final RequestCredentials.Signed V1 = new V1Header("ak", "s", Optional.empty());
    private static final RequestCredentials.Signed V2 = new V2Header("ak", "s", Optional.empty(), List.of());
    private static final RequestCredentials.Signed V4 = new V4Header(SCOPE, "s", Optional.empty(), List.of());

    private static void check(RequestCredentials.Signed signed, String header, String date, Instant now)
            throws OssRefusal {
        OssRequest request =
                Vectors.request(HttpMethod.GET, Target.service(), QueryParameters.NONE, Headers.NONE.and(header, date));
        Validity.check(signed, request, now);
    }

    private static V4Url url(String date, long seconds) {
        return new V4Url(SCOPE, "s", Optional.empty(), List.of(), date, seconds);
    }

    private static void check(RequestCredentials.Signed url, Instant now) throws OssRefusal {
        check(url, "x-other", "", now);
    }

    @ParameterizedTest
    @ValueSource(longs = {-900, -1, 0, 1, 900})
    void aDateWithinFifteenMinutesEitherWayIsAccepted(long seconds) {
        Instant date = NOW.plusSeconds(seconds);
        assertThatCode(() -> check(V1, "date", SigningTime.rfc1123(date), NOW)).doesNotThrowAnyException();
        assertThatCode(() -> check(V4, "x-oss-date", SigningTime.iso(date), NOW))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(longs = {-901, 901, -86_400, 7_200})
    void aDateFurtherAwayIsTooSkewed(long seconds) {
        Instant date = NOW.plusSeconds(seconds);
        assertRefused(() -> check(V1, "date", SigningTime.rfc1123(date), NOW), OssError.REQUEST_TIME_TOO_SKEWED);
        assertRefused(() -> check(V2, "date", SigningTime.rfc1123(date), NOW), OssError.REQUEST_TIME_TOO_SKEWED);
    }

    @ParameterizedTest
    @ValueSource(longs = {-901, 901, 7_200})
    void aDateOfTheCredentialsDayIsTooSkewedAllTheSame(long seconds) {
        Instant date = NOW.plusSeconds(seconds);
        assertRefused(() -> check(V4, "x-oss-date", SigningTime.iso(date), NOW), OssError.REQUEST_TIME_TOO_SKEWED);
    }

    @Test
    void anEmptyOwnDateHeaderIsNone() {
        OssRequest request = Vectors.request(
                HttpMethod.GET,
                Target.service(),
                QueryParameters.NONE,
                Headers.NONE.and("x-oss-date", " ").and("date", SigningTime.rfc1123(NOW)));
        assertThatCode(() -> Validity.check(V1, request, NOW)).doesNotThrowAnyException();
    }

    @Test
    void theSkewIsReportedInOssWords() {
        OssRefusal refusal = catchThrowableOfType(
                OssRefusal.class, () -> check(V1, "date", "Sun, 22 Nov 2026 01:00:00 GMT", NOW.plusMillis(250)));
        assertThat(refusal.error().code()).isEqualTo("RequestTimeTooSkewed");
        assertThat(refusal.details())
                .containsEntry("MaxAllowedSkewMilliseconds", "900000")
                .containsEntry("RequestTime", "2026-11-22T01:00:00.000Z")
                .containsEntry("ServerTime", "2026-11-22T02:52:36.000Z");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "now",
                "20261122",
                "20261122T025236",
                "20261322T025236Z",
                "20261131T025236Z",
                "2026-11-22T02:52:36Z",
                "Sun, 22 Nov 2026 02:52:36",
                "Sun, 22 Nov 2026 02:52:36 UTC",
                "Sun, 22 nov 2026 02:52:36 GMT",
                "Xyz, 22 Nov 2026 02:52:36 GMT",
                "Sun, 31 Nov 2026 02:52:36 GMT",
                "Sun, 22 Nov 2026 24:52:36 GMT",
                "Sunday, 22-Nov-26 02:52:36 GMT",
                "２０２６1122T025236Z"
            })
    void aDateThatCannotBeReadIsRefused(String date) {
        assertRefused(() -> check(V1, "date", date, NOW), OssError.INVALID_DATE);
        assertRefused(() -> check(V4, "x-oss-date", date, NOW), OssError.INVALID_DATE);
        assertRefused(() -> check(url(date, 60), NOW), OssError.INVALID_DATE);
    }

    @Test
    void noDateIsRefused() {
        assertRefused(() -> check(V1, NOW), OssError.INVALID_DATE);
        assertRefused(() -> check(V4, NOW), OssError.INVALID_DATE);
    }

    @Test
    void eitherWayOfWritingTheDateIsAccepted() {
        assertThatCode(() -> check(V1, "x-oss-date", "20261122T025236Z", NOW)).doesNotThrowAnyException();
        assertThatCode(() -> check(V4, "x-oss-date", "Sun, 22 Nov 2026 02:52:36 GMT", NOW))
                .doesNotThrowAnyException();
        assertThatCode(() -> check(V4, "date", "20261122T025236Z", NOW)).doesNotThrowAnyException();
        assertThatCode(() -> check(V1, "date", "Mon, 2 Nov 2026 02:52:36 GMT", Instant.parse("2026-11-02T02:52:36Z")))
                .doesNotThrowAnyException();
    }

    @Test
    void theOwnDateHeaderCountsBeforeTheOther() {
        OssRequest request = Vectors.request(
                HttpMethod.GET,
                Target.service(),
                QueryParameters.NONE,
                Headers.NONE.and("date", "Sun, 22 Nov 2026 02:52:36 GMT").and("x-oss-date", "20261122T000000Z"));
        assertRefused(() -> Validity.check(V1, request, NOW), OssError.REQUEST_TIME_TOO_SKEWED);
    }

    @Test
    void aDateOfAnotherDayThanTheCredentialsIsRefused() {
        Instant midnight = Instant.parse("2026-11-23T00:00:00Z");
        assertRefused(() -> check(V4, "x-oss-date", "20261123T000000Z", midnight), OssError.INVALID_SIGNING_DATE);
        assertRefused(() -> check(url("20261123T000000Z", 60), midnight), OssError.INVALID_SIGNING_DATE);
    }

    @Test
    void aV1UrlIsGoodUntilItsExpiry() {
        RequestCredentials.Signed url = new V1Url("ak", "s", Optional.empty(), NOW.getEpochSecond());
        assertThatCode(() -> check(url, NOW)).doesNotThrowAnyException();
        assertThatCode(() -> check(url, NOW.minusSeconds(1_000_000))).doesNotThrowAnyException();
        assertRefused(() -> check(url, NOW.plusMillis(1)), OssError.REQUEST_EXPIRED);
    }

    @Test
    void aV2UrlIsGoodUntilItsExpiry() {
        RequestCredentials.Signed url = new V2Url("ak", "s", Optional.empty(), List.of(), NOW.getEpochSecond());
        assertThatCode(() -> check(url, NOW)).doesNotThrowAnyException();
        assertRefused(() -> check(url, NOW.plusSeconds(1)), OssError.REQUEST_EXPIRED);
    }

    @Test
    void aV4UrlIsGoodFromItsDateUntilItsExpiry() {
        RequestCredentials.Signed url = url("20261122T025236Z", 604_800);
        assertThatCode(() -> check(url, NOW)).doesNotThrowAnyException();
        assertThatCode(() -> check(url, NOW.plusSeconds(604_800))).doesNotThrowAnyException();
        assertRefused(() -> check(url, NOW.plusSeconds(604_801)), OssError.REQUEST_EXPIRED);
    }

    @Test
    void aV4UrlFromTheFutureIsTooSkewed() {
        RequestCredentials.Signed url = url("20261122T025236Z", 604_800);
        assertThatCode(() -> check(url, NOW.minusSeconds(900))).doesNotThrowAnyException();
        assertRefused(() -> check(url, NOW.minusSeconds(901)), OssError.REQUEST_TIME_TOO_SKEWED);
    }
}
