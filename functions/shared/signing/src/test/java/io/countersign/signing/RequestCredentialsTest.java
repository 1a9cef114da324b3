package io.countersign.signing;

import static io.countersign.signing.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.oss.EncodedText;
import io.countersign.oss.Headers;
import io.countersign.oss.HttpMethod;
import io.countersign.oss.OssError;
import io.countersign.oss.OssRefusal;
import io.countersign.oss.OssRequest;
import io.countersign.oss.QueryParameters;
import io.countersign.oss.Target;
import io.countersign.signing.RequestCredentials.Anonymous;
import io.countersign.signing.RequestCredentials.Signed;
import io.countersign.signing.RequestCredentials.V1Header;
import io.countersign.signing.RequestCredentials.V1Url;
import io.countersign.signing.RequestCredentials.V2Header;
import io.countersign.signing.RequestCredentials.V2Url;
import io.countersign.signing.RequestCredentials.V4Header;
import io.countersign.signing.RequestCredentials.V4Url;
import io.countersign.signing.request.CredentialsParser;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestCredentialsTest {
    private static final String SCOPE = "ak/20261122/cn-hangzhou/oss/aliyun_v4_request";
    private static final String V1_URL = "OSSAccessKeyId=ak&Expires=1795316556&Signature=c2ln";
    private static final String V2_URL =
            "x-oss-signature-version=OSS2&x-oss-access-key-id=ak&x-oss-expires=1795316556&x-oss-signature=c2ln";
    private static final String V4_URL = "x-oss-signature-version=OSS4-HMAC-SHA256&x-oss-credential=" + SCOPE
            + "&x-oss-date=20261122T023939Z&x-oss-expires=3600&x-oss-signature=0a1b";
    private static final String V4_HEADER = "OSS4-HMAC-SHA256 Credential=" + SCOPE + ",Signature=0a1b";

    private static OssRequest request(String query, Headers headers) {
        try {
            return Vectors.request(
                    HttpMethod.GET,
                    Target.object("examplebucket", "k"),
                    QueryParameters.parse(query, EncodedText.URL),
                    headers);
        } catch (OssRefusal e) {
            throw new AssertionError(e);
        }
    }

    private static RequestCredentials parse(String query, Headers headers) throws OssRefusal {
        return CredentialsParser.parse(request(query, headers));
    }

    private static Headers authorization(String value) {
        return Headers.NONE.and("Authorization", value);
    }

    private static void assertHeaderRefused(String authorization, OssError error) {
        assertRefused(() -> parse("", authorization(authorization)), error);
    }

    private static void assertUrlRefused(String query, OssError error) {
        assertRefused(() -> parse(query, Headers.NONE), error);
    }

    private static String token(RequestCredentials presented) {
        return ((Signed) presented).securityToken().map(SecurityToken::reveal).orElse("");
    }

    @Test
    void aRequestWithoutCredentialsIsAnonymous() throws OssRefusal {
        assertThat(parse("acl&prefix=a", Headers.NONE.and("x-oss-meta-a", "b"))).isInstanceOf(Anonymous.class);
    }

    @Test
    void readsEachForm() throws OssRefusal {
        assertThat(parse("", authorization("OSS ak:c2ln"))).isEqualTo(new V1Header("ak", "c2ln", Optional.empty()));
        assertThat(parse(V1_URL, Headers.NONE)).isEqualTo(new V1Url("ak", "c2ln", Optional.empty(), 1795316556L));
        assertThat(parse("", authorization("OSS2 AccessKeyId:ak,Signature:c2ln")))
                .isEqualTo(new V2Header("ak", "c2ln", Optional.empty(), List.of()));
        assertThat(parse(V2_URL + "&x-oss-additional-headers=b;a", Headers.NONE))
                .isEqualTo(new V2Url("ak", "c2ln", Optional.empty(), List.of("a", "b"), 1795316556L));
        CredentialScope scope = new CredentialScope("ak", "20261122", "cn-hangzhou", "oss");
        assertThat(parse("", authorization(V4_HEADER)))
                .isEqualTo(new V4Header(scope, "0a1b", Optional.empty(), List.of()));
        assertThat(parse(V4_URL, Headers.NONE))
                .isEqualTo(new V4Url(scope, "0a1b", Optional.empty(), List.of(), "20261122T023939Z", 3600));
    }

    @Test
    void eachFormIsOfItsVersion() throws OssRefusal {
        assertThat(version(parse("", authorization("OSS ak:c2ln")))).isEqualTo(SignatureVersion.V1);
        assertThat(version(parse(V1_URL, Headers.NONE))).isEqualTo(SignatureVersion.V1);
        assertThat(version(parse("", authorization("OSS2 AccessKeyId:ak,Signature:c2ln"))))
                .isEqualTo(SignatureVersion.V2);
        assertThat(version(parse(V2_URL, Headers.NONE))).isEqualTo(SignatureVersion.V2);
        assertThat(version(parse("", authorization(V4_HEADER)))).isEqualTo(SignatureVersion.V4);
        assertThat(version(parse(V4_URL, Headers.NONE))).isEqualTo(SignatureVersion.V4);
    }

    private static SignatureVersion version(RequestCredentials presented) {
        return ((Signed) presented).version();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "OSS4-HMAC-SHA256 Credential=" + SCOPE + ",AdditionalHeaders=Host;abc,Signature=0a1b",
                "OSS4-HMAC-SHA256 Credential=" + SCOPE + ", AdditionalHeaders=abc;host, Signature=0a1b",
                "OSS4-HMAC-SHA256 Credential=" + SCOPE + ",Signature=0a1b,AdditionalHeaders=abc;host",
                "  OSS4-HMAC-SHA256   Signature=0a1b , AdditionalHeaders=abc; host,Credential=" + SCOPE + "  "
            })
    void takesV4PartsInAnyOrderWithOrWithoutSpaces(String authorization) throws OssRefusal {
        V4Header header = (V4Header) parse("", authorization(authorization));
        assertThat(header.scope().credential()).isEqualTo(SCOPE);
        assertThat(header.additionalHeaders()).containsExactly("abc", "host");
        assertThat(header.signature()).isEqualTo("0a1b");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "OSS",
                "OSS ",
                "oss ak:c2ln",
                "OSS ak",
                "OSS :c2ln",
                "OSS ak:",
                "OSS a:b:c",
                "OSS a k:c2ln",
                "Bearer abc",
                "Basic YTpi",
                "OSS3 ak:c2ln",
                "OSS2 ak:c2ln",
                "OSS2 AccessKeyId:ak",
                "OSS2 AccessKeyId:,Signature:c2ln",
                "OSS2 AccessKeyId:a/k,Signature:c2ln",
                "OSS2 AccessKeyId:ak,Signature:a,Signature:a",
                "OSS2 AccessKeyId:ak,Signature:a,Other:b",
                "OSS4-HMAC-SHA256",
                "OSS4-HMAC-SHA256 ",
                "OSS4-HMAC-SHA256 Credential=" + SCOPE,
                "OSS4-HMAC-SHA256 Signature=0a1b",
                "OSS4-HMAC-SHA256 Credential=" + SCOPE + ",Signature=",
                "OSS4-HMAC-SHA256 Credential=" + SCOPE + ",Signature=a,Signature=a",
                "OSS4-HMAC-SHA256 Credential=" + SCOPE + ",Signature=a,Other=b",
                "OSS4-HMAC-SHA256 Credential=" + SCOPE + ",,Signature=a",
                "OSS4-HMAC-SHA256 Credential=" + SCOPE + ",Signature=a,",
                "OSS4-HMAC-SHA1 Credential=" + SCOPE + ",Signature=a"
            })
    void aMalformedAuthorizationIsRefused(String authorization) {
        assertHeaderRefused(authorization, OssError.INVALID_AUTHORIZATION);
    }

    @Test
    void anAccessKeyIdThatIsTooLongIsRefused() {
        assertHeaderRefused("OSS " + "a".repeat(129) + ":c2ln", OssError.INVALID_AUTHORIZATION);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ";", "a;", ";a", "a;;b", "a;A", "a:b", "a b"})
    void malformedAdditionalHeadersAreRefused(String names) {
        assertHeaderRefused(V4_HEADER + ",AdditionalHeaders=" + names, OssError.INVALID_ADDITIONAL_HEADERS);
        assertUrlRefused(V4_URL + "&x-oss-additional-headers=" + names, OssError.INVALID_ADDITIONAL_HEADERS);
    }

    @Test
    void aHundredAdditionalHeadersAreAcceptedAndNoMore() throws OssRefusal {
        StringBuilder names = new StringBuilder("h1");
        for (int i = 2; i <= 100; i++) {
            names.append(";h").append(i);
        }
        V4Header header = (V4Header) parse("", authorization(V4_HEADER + ",AdditionalHeaders=" + names));
        assertThat(header.additionalHeaders()).hasSize(100).isSorted();
        names.append(";h101");
        assertHeaderRefused(V4_HEADER + ",AdditionalHeaders=" + names, OssError.INVALID_ADDITIONAL_HEADERS);
    }

    @ParameterizedTest
    @CsvSource({
        "Authorization,OSS ak:c2ln",
        "Date,'Sun, 22 Nov 2026 02:52:36 GMT'",
        "x-oss-date,20261122T025236Z",
        "Content-Type,text/plain",
        "Content-MD5,abc",
        "X-Oss-Content-Sha256,UNSIGNED-PAYLOAD"
    })
    void refusesARepeatedSingleValueHeader(String name, String value) {
        Headers twice = Headers.NONE.and(name, value).and(name, value);
        assertRefused(() -> parse("", twice), OssError.INVALID_ARGUMENT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                V1_URL,
                V2_URL,
                V4_URL,
                "Signature=a",
                "OSSAccessKeyId=a",
                "Expires=1",
                "x-oss-signature=a",
                "x-oss-credential=a",
                "x-oss-signature-version=OSS2",
                "x-oss-access-key-id=a"
            })
    void headerAndUrlTogetherAreRefused(String query) {
        assertRefused(() -> parse(query, authorization("OSS ak:c2ln")), OssError.TWO_SIGNATURES);
        assertRefused(() -> parse(query, authorization(V4_HEADER)), OssError.TWO_SIGNATURES);
    }

    @Test
    void twoVersionsInOneUrlAreRefused() {
        assertUrlRefused(V1_URL + "&" + V4_URL, OssError.TWO_SIGNATURES);
        assertUrlRefused(V2_URL + "&Signature=a", OssError.TWO_SIGNATURES);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x-oss-signature=a",
                "x-oss-credential=" + SCOPE,
                "x-oss-signature-version=&x-oss-signature=a",
                "x-oss-signature-version=OSS3",
                "x-oss-signature-version=OSS2&x-oss-signature-version=OSS2",
                "x-oss-signature-version=OSS2&x-oss-signature-version=OSS4-HMAC-SHA256"
            })
    void aUrlOfNoVersionIsRefused(String query) {
        assertUrlRefused(query, OssError.INVALID_ARGUMENT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "OSSAccessKeyId=ak",
                "Expires=1",
                "Signature=a",
                "OSSAccessKeyId=ak&Expires=1",
                "OSSAccessKeyId=ak&Signature=a",
                "Expires=1&Signature=a"
            })
    void aV1UrlWithoutAllThreeParametersIsRefused(String query) {
        assertUrlRefused(query, OssError.MISSING_URL_PARAMETERS);
    }

    @Test
    void aV2UrlWithoutItsParametersIsRefused() {
        assertUrlRefused(V2_URL.replace("x-oss-access-key-id=ak", ""), OssError.MISSING_URL_PARAMETERS);
        assertUrlRefused(V2_URL.replace("x-oss-expires=1795316556", ""), OssError.MISSING_EXPIRES);
        assertUrlRefused(V2_URL.replace("x-oss-signature=c2ln", ""), OssError.MISSING_SIGNATURE);
    }

    @Test
    void aV4UrlWithoutItsParametersIsRefused() {
        assertUrlRefused(V4_URL.replace("x-oss-credential=" + SCOPE, ""), OssError.INVALID_CREDENTIAL);
        assertUrlRefused(V4_URL.replace("x-oss-expires=3600", ""), OssError.MISSING_EXPIRES);
        assertUrlRefused(V4_URL.replace("x-oss-signature=0a1b", ""), OssError.MISSING_SIGNATURE);
        assertUrlRefused(V4_URL.replace("x-oss-date=20261122T023939Z", ""), OssError.INVALID_DATE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"OSSAccessKeyId=ak", "Expires=1795316556", "Signature=c2ln"})
    void aV1ParameterTwiceIsRefusedEvenWhenBothSayTheSame(String parameter) {
        assertUrlRefused(V1_URL + "&" + parameter, OssError.INVALID_ARGUMENT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x-oss-credential=" + SCOPE,
                "x-oss-date=20261122T023939Z",
                "x-oss-expires=3600",
                "x-oss-signature=0a1b",
                "x-oss-additional-headers=a&x-oss-additional-headers=a"
            })
    void aV4ParameterTwiceIsRefusedEvenWhenBothSayTheSame(String parameter) {
        assertUrlRefused(V4_URL + "&" + parameter, OssError.INVALID_ARGUMENT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "abc", "-1", "+1", "1e9", "12345678901", "%EF%BC%91", "1.5", " 1"})
    void anExpiresThatIsNotAFewDigitsIsRefused(String expires) {
        assertUrlRefused(V1_URL.replace("1795316556", expires), OssError.INVALID_EXPIRES);
        assertUrlRefused(V2_URL.replace("1795316556", expires), OssError.INVALID_EXPIRES);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "604801", "999999", "1000000", "99999999999999999999", "-1", "abc", "%EF%BC%91"})
    void aV4ExpiryOutOfRangeIsRefused(String expires) {
        assertUrlRefused(
                V4_URL.replace("x-oss-expires=3600", "x-oss-expires=" + expires), OssError.EXPIRES_OUT_OF_RANGE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "604800"})
    void aV4ExpiryAtItsBoundsIsAccepted(String expires) throws OssRefusal {
        V4Url url = (V4Url) parse(V4_URL.replace("x-oss-expires=3600", "x-oss-expires=" + expires), Headers.NONE);
        assertThat(url.expiresSeconds()).isEqualTo(Long.parseLong(expires));
    }

    @Test
    void findsTheTokenWhereEachVersionPutsIt() throws OssRefusal {
        assertThat(token(parse("", authorization("OSS ak:c2ln").and("x-oss-security-token", "t"))))
                .isEqualTo("t");
        assertThat(token(parse("", authorization("OSS ak:c2ln").and("security-token", "t"))))
                .isEqualTo("t");
        assertThat(token(parse(V1_URL + "&security-token=t%2B", Headers.NONE))).isEqualTo("t+");
        assertThat(token(parse(V2_URL + "&security-token=t", Headers.NONE))).isEqualTo("t");
        assertThat(token(parse("", authorization(V4_HEADER).and("x-oss-security-token", " t "))))
                .isEqualTo("t");
        assertThat(token(parse(V4_URL + "&x-oss-security-token=t", Headers.NONE)))
                .isEqualTo("t");
    }

    @Test
    void twoTokensAreRefused() {
        assertRefused(
                () -> parse(V1_URL + "&security-token=t", Headers.NONE.and("x-oss-security-token", "t")),
                OssError.TWO_SECURITY_TOKENS);
        assertRefused(
                () -> parse(V4_URL + "&x-oss-security-token=t", Headers.NONE.and("x-oss-security-token", "t")),
                OssError.TWO_SECURITY_TOKENS);
        assertUrlRefused(V4_URL + "&x-oss-security-token=t&x-oss-security-token=t", OssError.TWO_SECURITY_TOKENS);
        Headers both =
                authorization("OSS ak:c2ln").and("x-oss-security-token", "t").and("security-token", "t");
        assertRefused(() -> parse("", both), OssError.TWO_SECURITY_TOKENS);
    }

    @Test
    void aTokenThatCannotBeOneIsRefused() {
        assertUrlRefused(V4_URL + "&x-oss-security-token=", OssError.INVALID_SECURITY_TOKEN);
        assertUrlRefused(V4_URL + "&x-oss-security-token=a%20b", OssError.INVALID_SECURITY_TOKEN);
        assertUrlRefused(V4_URL + "&x-oss-security-token=a%7Fb", OssError.INVALID_SECURITY_TOKEN);
        Headers tooLong = authorization("OSS ak:c2ln").and("x-oss-security-token", "t".repeat(8 * 1024 + 1));
        assertRefused(() -> parse("", tooLong), OssError.INVALID_SECURITY_TOKEN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\nx-oss-object-acl:public-read", "a\rb", "a\u0000b", "\u007f", "\ud800"})
    void aHeaderThatCouldForgeALineIsRefused(String value) {
        assertRefused(() -> parse("", Headers.NONE.and("x-oss-meta-a", value)), OssError.INVALID_ARGUMENT);
        assertRefused(() -> parse("", Headers.NONE.and("content-type", value)), OssError.INVALID_ARGUMENT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x-oss-a:b", "x-oss-a\nb", "x-oss-a b", "x-oss-é", ""})
    void aHeaderNameThatCouldForgeALineIsRefused(String name) {
        assertRefused(() -> parse("", Headers.NONE.and(name, "v")), OssError.INVALID_ARGUMENT);
    }
}
