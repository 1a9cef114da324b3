package io.countersign.signing;

import static io.countersign.signing.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.oss.EncodedText;
import io.countersign.oss.Headers;
import io.countersign.oss.HttpMethod;
import io.countersign.oss.OssError;
import io.countersign.oss.OssRefusal;
import io.countersign.oss.QueryParameters;
import io.countersign.oss.Target;
import io.countersign.signing.RequestCredentials.V1Header;
import io.countersign.signing.RequestCredentials.V1Url;
import io.countersign.signing.RequestCredentials.V4Url;
import io.countersign.signing.request.CredentialsParser;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The access key ids and scopes that a request may present. */
class CredentialNamesTest {
    private static final String SCOPE = "ak/20261122/cn-hangzhou/oss/aliyun_v4_request";
    private static final String V1_URL = "OSSAccessKeyId=ak&Expires=1795316556&Signature=c2ln";
    private static final String V2_URL =
            "x-oss-signature-version=OSS2&x-oss-access-key-id=ak&x-oss-expires=1795316556&x-oss-signature=c2ln";
    private static final String V4_URL = "x-oss-signature-version=OSS4-HMAC-SHA256&x-oss-credential=" + SCOPE
            + "&x-oss-date=20261122T023939Z&x-oss-expires=3600&x-oss-signature=0a1b";

    private static RequestCredentials parse(String query, Headers headers) throws OssRefusal {
        return CredentialsParser.parse(Vectors.request(
                HttpMethod.GET,
                Target.object("examplebucket", "k"),
                QueryParameters.parse(query, EncodedText.URL),
                headers));
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

    @Test
    void theLongestAccessKeyIdIsAccepted() throws OssRefusal {
        String id = "a".repeat(128);
        assertThat(parse("", authorization("OSS " + id + ":c2ln")))
                .isEqualTo(new V1Header(id, "c2ln", Optional.empty()));
        assertThat(parse(V4_URL.replace("ak/", id + "/"), Headers.NONE))
                .isInstanceOfSatisfying(
                        V4Url.class, url -> assertThat(url.accessKeyId()).isEqualTo(id));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a%20b", "a%7Fb", "%C3%A9", "a/b", "a,b", "a:b"})
    void refusesAnInvalidAccessKeyIdInAUrl(String id) {
        assertUrlRefused(V1_URL.replace("=ak", "=" + id), OssError.INVALID_ARGUMENT);
        assertUrlRefused(V2_URL.replace("=ak", "=" + id), OssError.MISSING_URL_PARAMETERS);
    }

    @Test
    void anAccessKeyIdMayHaveAnyOtherVisibleCharacter() throws OssRefusal {
        String id = "!azAZ09.-_~";
        assertThat(parse(V1_URL.replace("=ak", "=" + id), Headers.NONE))
                .isEqualTo(new V1Url(id, "c2ln", Optional.empty(), 1795316556L));
        assertThat(parse(V4_URL.replace("ak/", id + "/"), Headers.NONE))
                .isInstanceOfSatisfying(
                        V4Url.class, url -> assertThat(url.accessKeyId()).isEqualTo(id));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a%20k", "a%7Fk", "a,k", "%C3%A9"})
    void refusesAnInvalidPartOfAScope(String part) {
        for (String own : List.of("ak", "cn-hangzhou", "/oss/")) {
            String scope = SCOPE.replace(own, own.replaceAll("[a-z-]+", part));
            assertUrlRefused(V4_URL.replace(SCOPE, scope), OssError.INVALID_CREDENTIAL);
        }
    }

    @Test
    void namesInAScopeAreBounded() throws OssRefusal {
        String longest = SCOPE.replace("cn-hangzhou", "r".repeat(64)).replace("/oss/", "/" + "p".repeat(64) + "/");
        assertThat(CredentialScope.parse(longest).credential()).isEqualTo(longest);
        for (String tooLong : List.of(
                longest.replace("r/", "rr/"),
                longest.replace("p/", "pp/"),
                SCOPE.replace("ak/", "a".repeat(129) + "/"))) {
            assertRefused(() -> CredentialScope.parse(tooLong), OssError.INVALID_CREDENTIAL);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"20190908", "00000000", "99999999"})
    void theDayOfAScopeIsEightDigits(String day) throws OssRefusal {
        String scope = SCOPE.replace("20261122", day);
        assertThat(CredentialScope.parse(scope).credential()).isEqualTo(scope);
        assertRefused(
                () -> CredentialScope.parse(scope.replace(day, day.substring(1) + ":")), OssError.INVALID_CREDENTIAL);
        assertRefused(
                () -> CredentialScope.parse(scope.replace(day, day.substring(1) + ".")), OssError.INVALID_CREDENTIAL);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ak",
                "ak/20261122/cn-hangzhou/oss",
                "ak/20261122/cn-hangzhou/oss/",
                "ak/20261122/cn-hangzhou/oss/aws4_request",
                "ak/20261122/cn-hangzhou/oss/aliyun_v4_request/",
                "ak/20261122/cn-hangzhou/oss/aliyun_v4_request2",
                "ak/20261122/cn-hangzhou/oss/x/aliyun_v4_request",
                "/20261122/cn-hangzhou/oss/aliyun_v4_request",
                "ak//cn-hangzhou/oss/aliyun_v4_request",
                "ak/20261122//oss/aliyun_v4_request",
                "ak/20261122/cn-hangzhou//aliyun_v4_request",
                "ak/2026112/cn-hangzhou/oss/aliyun_v4_request",
                "ak/202611222/cn-hangzhou/oss/aliyun_v4_request",
                "ak/2026-1-2/cn-hangzhou/oss/aliyun_v4_request",
                "ak/20261122/cn hangzhou/oss/aliyun_v4_request"
            })
    void aMalformedScopeIsRefused(String scope) {
        assertHeaderRefused("OSS4-HMAC-SHA256 Credential=" + scope + ",Signature=a", OssError.INVALID_CREDENTIAL);
        assertUrlRefused(V4_URL.replace(SCOPE, scope), OssError.INVALID_CREDENTIAL);
    }
}
