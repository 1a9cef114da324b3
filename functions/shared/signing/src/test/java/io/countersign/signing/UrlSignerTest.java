package io.countersign.signing;

import static io.countersign.signing.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.oss.Headers;
import io.countersign.oss.HttpMethod;
import io.countersign.oss.OssError;
import io.countersign.oss.OssRefusal;
import io.countersign.oss.OssRequest;
import io.countersign.oss.QueryParameter;
import io.countersign.oss.QueryParameters;
import io.countersign.oss.Target;
import io.countersign.signing.request.CredentialsParser;
import io.countersign.signing.request.SignatureVerifier;
import io.countersign.signing.request.UrlSigner;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class UrlSignerTest {
    private static final AccessKey KEY = new AccessKey("ak", Secret.of("sk"));
    private static final Instant NOW = Instant.parse("2026-11-22T02:52:36.789Z");
    private static final Target OBJECT = Target.object("examplebucket", "k");

    private final UrlSigner signer = new UrlSigner(new SigningKeys(8));

    private UrlSigner.SignedUrl sign(
            SignatureVersion version, Target target, QueryParameters query, Headers headers, Duration expiresIn)
            throws OssRefusal {
        UrlSigner.UrlToSign url = new UrlSigner.UrlToSign(
                version, HttpMethod.GET, target, query, headers, expiresIn, Optional.empty(), "cn-hangzhou");
        return signer.sign(url, KEY, NOW);
    }

    private UrlSigner.SignedUrl sign(SignatureVersion version, Target target, QueryParameters query) throws OssRefusal {
        return sign(version, target, query, Headers.NONE, Duration.ofHours(1));
    }

    @Test
    void theCallersParametersComeFirstAndTheSignatureLast() throws OssRefusal {
        UrlSigner.SignedUrl url =
                sign(SignatureVersion.V4, OBJECT, QueryParameters.NONE.and("x-oss-process", "image/info"));
        assertThat(url.query().list())
                .extracting(QueryParameter::name)
                .containsExactly(
                        "x-oss-process",
                        "x-oss-signature-version",
                        "x-oss-credential",
                        "x-oss-date",
                        "x-oss-expires",
                        "x-oss-signature");
        assertThat(url.query().first("x-oss-credential")).contains("ak/20261122/cn-hangzhou/oss/aliyun_v4_request");
        assertThat(url.expiration()).isEqualTo("2026-11-22T03:52:36Z");
    }

    @ParameterizedTest
    @CsvSource({"V1, security-token", "V2, security-token", "V4, x-oss-security-token"})
    void aSessionsTokenIsPartOfTheUrl(SignatureVersion version, String parameter) throws OssRefusal {
        UrlSigner.UrlToSign url = new UrlSigner.UrlToSign(
                version,
                HttpMethod.GET,
                OBJECT,
                QueryParameters.NONE,
                Headers.NONE,
                Duration.ofHours(1),
                Optional.of(SecurityToken.of("to+ken")),
                "cn-hangzhou");
        QueryParameters query = signer.sign(url, KEY, NOW).query();
        assertThat(query.first(parameter)).contains("to+ken");
        assertThat(signer.sign(url, KEY, NOW).form().stringToSign()).doesNotContain("to+ken");
        assertMatches(query, true);
        assertMatches(query.without(parameter), false);
        assertMatches(query.without(parameter).and(parameter, "to+ken2"), false);
    }

    private static void assertMatches(QueryParameters query, boolean expected) throws OssRefusal {
        OssRequest request = Vectors.request(HttpMethod.GET, OBJECT, query, Headers.NONE);
        RequestCredentials.Signed presented = (RequestCredentials.Signed) CredentialsParser.parse(request);
        SignatureCheck check = new SignatureVerifier(new SigningKeys(1)).check(presented, request, KEY.secret());
        assertThat(check instanceof SignatureCheck.Matches).isEqualTo(expected);
    }

    @Test
    void v4HoldsTheUserToEveryHeader() throws OssRefusal {
        Headers headers = Headers.NONE
                .and("Content-Type", "text/plain")
                .and("Cache-Control", "no-cache")
                .and("x-oss-meta-a", "b")
                .and("Accept-Language", "zh");
        UrlSigner.SignedUrl url =
                sign(SignatureVersion.V4, OBJECT, QueryParameters.NONE, headers, Duration.ofSeconds(1));
        assertThat(url.query().first("x-oss-additional-headers")).contains("accept-language;cache-control");
        assertThat(url.form().canonicalRequest().orElseThrow())
                .contains("accept-language:zh\ncache-control:no-cache\ncontent-type:text/plain\nx-oss-meta-a:b\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a?acl", "?", "a?"})
    void v1RefusesAKeyThatReadsAsASubResource(String key) {
        Target target = Target.object("examplebucket", key);
        assertThatThrownBy(() -> sign(SignatureVersion.V1, target, QueryParameters.NONE))
                .isInstanceOf(OssRefusal.class)
                .hasMessageContaining("Sign with V4");
        assertThatCode(() -> sign(SignatureVersion.V4, target, QueryParameters.NONE))
                .doesNotThrowAnyException();
        assertThatCode(() -> sign(SignatureVersion.V2, target, QueryParameters.NONE))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "response-content-disposition,x&x-oss-process=image/info",
        "response-content-type,x?acl",
        "response-content-type,&acl",
        "response-content-type,?acl",
        "x-oss-a&acl,b",
        "x-oss-a=b,c",
        "x-oss-a?acl,b"
    })
    void v1RefusesASignedParameterThatReadsAsAnother(String name, String value) {
        QueryParameters query = QueryParameters.NONE.and(name, value);
        assertRefused(() -> sign(SignatureVersion.V1, OBJECT, query), OssError.INVALID_ARGUMENT);
        assertThatCode(() -> sign(SignatureVersion.V4, OBJECT, query)).doesNotThrowAnyException();
    }

    @Test
    void v1AcceptsWhatItDoesNotSign() {
        QueryParameters query = QueryParameters.NONE.and("prefix", "a&b?c=d");
        assertThatCode(() -> sign(SignatureVersion.V1, OBJECT, query)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "OSSAccessKeyId",
                "Expires",
                "Signature",
                "security-token",
                "x-oss-signature-version",
                "x-oss-signature",
                "x-oss-credential",
                "x-oss-access-key-id",
                "x-oss-date",
                "x-oss-expires",
                "x-oss-additional-headers",
                "x-oss-security-token"
            })
    void aParameterOfASignatureIsRefused(String name) {
        for (SignatureVersion version : SignatureVersion.values()) {
            assertRefused(() -> sign(version, OBJECT, QueryParameters.NONE.and(name, "1")), OssError.INVALID_ARGUMENT);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Authorization", "x-oss-security-token", "Security-Token"})
    void aHeaderOfASignatureIsRefused(String name) {
        Headers headers = Headers.NONE.and(name, "v");
        for (SignatureVersion version : SignatureVersion.values()) {
            assertRefused(
                    () -> sign(version, OBJECT, QueryParameters.NONE, headers, Duration.ofHours(1)),
                    OssError.INVALID_ARGUMENT);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aHeaderThatCouldForgeALineIsRefused(SignatureVersion version) {
        Headers headers = Headers.NONE.and("x-oss-meta-a", "b\nx-oss-object-acl:public-read-write");
        assertRefused(
                () -> sign(version, OBJECT, QueryParameters.NONE, headers, Duration.ofHours(1)),
                OssError.INVALID_ARGUMENT);
    }

    @ParameterizedTest
    @EnumSource
    void textThatIsNoUnicodeIsRefused(SignatureVersion version) {
        for (String half : List.of("a\ud83d", "\ud83da", "\ude00", "a\ude00\ud83d", "\ud83d\ud83d\ude00")) {
            assertRefused(
                    () -> sign(version, Target.object("examplebucket", half), QueryParameters.NONE),
                    OssError.INVALID_OBJECT_NAME);
            assertRefused(
                    () -> sign(version, OBJECT, QueryParameters.NONE.and("x-oss-process", half)),
                    OssError.INVALID_ARGUMENT);
            assertRefused(
                    () -> sign(version, OBJECT, QueryParameters.NONE.and("x-oss-" + half, "v")),
                    OssError.INVALID_ARGUMENT);
        }
        assertThatCode(() -> sign(version, Target.object("examplebucket", "a\ud83d\ude00b"), QueryParameters.NONE))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a/b", "/b", "a?b", "?b", "a b", "a\nb", "a:b", "a\u007f", "\u00e9"})
    void aBucketNameThatRunsOverIsRefused(String bucket) {
        for (SignatureVersion version : SignatureVersion.values()) {
            assertRefused(
                    () -> sign(version, Target.bucket(bucket), QueryParameters.NONE), OssError.INVALID_BUCKET_NAME);
            assertRefused(
                    () -> sign(version, Target.object(bucket, "k"), QueryParameters.NONE),
                    OssError.INVALID_BUCKET_NAME);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT-1S", "PT0.5S", "PT1.5S"})
    void lessThanAWholeSecondIsRefused(Duration expiresIn) {
        for (SignatureVersion version : SignatureVersion.values()) {
            assertRefused(
                    () -> sign(version, OBJECT, QueryParameters.NONE, Headers.NONE, expiresIn),
                    OssError.INVALID_ARGUMENT);
        }
    }

    @Test
    void tooLongIsRefused() {
        assertRefused(
                () -> sign(
                        SignatureVersion.V4, OBJECT, QueryParameters.NONE, Headers.NONE, Duration.ofSeconds(604_801)),
                OssError.EXPIRES_OUT_OF_RANGE);
        Duration forever = Duration.ofSeconds(Long.MAX_VALUE);
        assertRefused(
                () -> sign(SignatureVersion.V1, OBJECT, QueryParameters.NONE, Headers.NONE, forever),
                OssError.INVALID_ARGUMENT);
        assertRefused(
                () -> sign(SignatureVersion.V2, OBJECT, QueryParameters.NONE, Headers.NONE, forever),
                OssError.INVALID_ARGUMENT);
    }

    @Test
    void theLongestIsAccepted() throws OssRefusal {
        Duration week = Duration.ofSeconds(604_800);
        assertThat(sign(SignatureVersion.V4, OBJECT, QueryParameters.NONE, Headers.NONE, week)
                        .query()
                        .first("x-oss-expires"))
                .contains("604800");
        Instant last = Instant.ofEpochSecond(9_999_999_999L);
        Duration untilLast = Duration.ofSeconds(last.getEpochSecond() - NOW.getEpochSecond());
        for (SignatureVersion version : List.of(SignatureVersion.V1, SignatureVersion.V2)) {
            assertThat(sign(version, OBJECT, QueryParameters.NONE, Headers.NONE, untilLast)
                            .expiration())
                    .isEqualTo(last);
            assertRefused(
                    () -> sign(version, OBJECT, QueryParameters.NONE, Headers.NONE, untilLast.plusSeconds(1)),
                    OssError.INVALID_ARGUMENT);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "cn/hangzhou", "cn hangzhou", "cn,hangzhou"})
    void v4WantsARegion(String region) {
        UrlSigner.UrlToSign url = new UrlSigner.UrlToSign(
                SignatureVersion.V4,
                HttpMethod.GET,
                OBJECT,
                QueryParameters.NONE,
                Headers.NONE,
                Duration.ofHours(1),
                Optional.empty(),
                region);
        assertRefused(() -> signer.sign(url, KEY, NOW), OssError.INVALID_SIGNING_REGION);
    }
}
