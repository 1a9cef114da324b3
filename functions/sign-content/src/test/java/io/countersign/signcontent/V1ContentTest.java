package io.countersign.signcontent;

import static io.countersign.identity.TestToken.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.http.Bytes;
import io.countersign.http.Reply;
import io.countersign.identity.TestRegistry;
import io.countersign.identity.delegation.SigningOptions;
import io.countersign.json.JsonText;
import io.countersign.signing.AccessKey;
import io.countersign.signing.Secret;
import io.countersign.signing.base.SigningTime;
import io.countersign.signing.request.SelfSignature;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class V1ContentTest {
    private static final AccessKey SIGNER = new AccessKey(SignContentCalls.KEY_ID, Secret.of(SignContentCalls.SECRET));

    private static void isSigned(String content, String... policies) {
        Reply reply = SignContentCalls.text(content, policies);
        assertThat(reply.status()).as(reply.body().utf8()).isEqualTo(200);
        assertThat(reply.body().utf8()).isEqualTo(SelfSignature.authorization(content, SIGNER));
    }

    private static void isRefused(String content, int status, String code, String... policies) {
        SignContentCalls.isRefused(SignContentCalls.text(content, policies), status, code);
    }

    private static String dated(String date) {
        return "GET\n\n\n" + date + "\n/examplebucket/k";
    }

    @Test
    void theAnswerOfAJsonBodyIsJson() {
        String content = SignContentCalls.v1("GET", "/examplebucket/a b+c\u4e2d");
        Reply reply = SignContentCalls.json(JsonText.object(json -> json.put("content", content)));
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("Content-Type")).contains("application/json");
        assertThat(SignContentCalls.member(reply, "authorization"))
                .isEqualTo(SelfSignature.authorization(content, SIGNER));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/examplebucket/k",
                "/examplebucket//k",
                "/examplebucket/a/",
                "/examplebucket/%41+&=%",
                "/examplebucket/\ud83d\ude00",
                "/examplebucket/k?uploadId=U",
                "/examplebucket/k?response-content-type=text/plain",
                "/examplebucket/k?response-cache-control=a&response-content-disposition=b=c&response-expires=d",
                "/examplebucket/k?x-oss-process=image/resize,w_1|image/rotate,90",
                "/examplebucket/k?x-oss-process=style/thumb"
            })
    void signsAListedResourceByteForByte(String resource) {
        isSigned(SignContentCalls.v1("GET", resource));
    }

    @Test
    void headersOfTheTableAreSigned() {
        isSigned("PUT\n1B2M2Y8AsgTpgAmY7PhCfg==\nimage/jpeg\n" + SignContentCalls.DATE
                + "\nx-oss-meta-a:b c\nx-oss-meta-b:c\nx-oss-tagging:k=v\n/examplebucket/k");
    }

    @Test
    void aDateInItsOwnHeaderMustBeTheDate() {
        isSigned(SignContentCalls.v1("GET", "x-oss-date:" + SignContentCalls.DATE, "/examplebucket/k"));
        isRefused(
                SignContentCalls.v1("GET", "x-oss-date:Sun, 22 Nov 2026 08:00:01 GMT", "/examplebucket/k"),
                400,
                "InvalidDate");
        isRefused(
                "GET\n\n\n" + (NOW.getEpochSecond() + 60) + "\nx-oss-date:" + SignContentCalls.DATE
                        + "\n/examplebucket/k",
                403,
                "HeaderNotSignable");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "eyJleHBpcmF0aW9uIjoiMjAyNi0xMS0yMlQxMDowMDowMFoiLCJjb25kaXRpb25zIjpbeyJidWNrZXQiOiJleGFtcGxlYnVja2V0In1dfQ==",
                "GET",
                "/examplebucket/k"
            })
    void aPolicyOfAFormIsRefused(String content) {
        isRefused(content, 403, "PostPolicyNotSignable");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"1795316556\nplaylistName:a.m3u8\n/examplebucket/ch", "1795316556\n/examplebucket/ch", "1\n"})
    void anRtmpPushIsRefused(String content) {
        isRefused(content, 403, "RtmpNotSignable");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\r\n", "\u0000", "\t", "\u0007", "\u007f", "\u0085", "\r"})
    void aControlCharacterIsRefusedWhereverItIs(String control) {
        String good = SignContentCalls.v1("GET", "x-oss-meta-a:b", "/examplebucket/k");
        for (int at : new int[] {0, 2, 5, 10, 40, good.indexOf("x-oss") + 3, good.indexOf(":b"), good.length()}) {
            isRefused(good.substring(0, at) + control + good.substring(at), 400, "ControlCharacter");
        }
    }

    @Test
    void bytesThatAreNotUtf8AreRefused() {
        byte[] bytes = SignContentCalls.v1("GET", "/examplebucket/k?").getBytes(StandardCharsets.UTF_8);
        bytes[bytes.length - 1] = (byte) 0xff;
        SignContentCalls.isRefused(
                SignContentCalls.function(
                                SignContentCalls.registry(SignContentCalls.ANYTHING), SignContentSettings.DEFAULT)
                        .handle(SignContentCalls.call("text/plain", Bytes.of(bytes), SignContentCalls.TOKEN), NOW),
                400,
                "ControlCharacter");
    }

    @Test
    void halfACharacterIsRefused() {
        SignContentCalls.isRefused(
                SignContentCalls.json(
                        "{\"content\":\"GET\\n\\n\\n" + SignContentCalls.DATE + "\\n/examplebucket/\\ud800\"}"),
                400,
                "InvalidJson");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n",
                "GET\n",
                "GET\n\n\n",
                "GET\n\n\nDATE",
                "get\n\n\nDATE\n/examplebucket/k",
                " GET\n\n\nDATE\n/examplebucket/k",
                "PATCH\n\n\nDATE\n/examplebucket/k",
                "\nGET\n\n\nDATE\n/examplebucket/k",
                "\ufeffGET\n\n\nDATE\n/examplebucket/k",
                "GET\n\n\nDATE\n/examplebucket",
                "GET\n\n\nDATE\n//k",
                "OSS4-HMAC-SHA256\n20261122T080000Z\n20261122/cn-hangzhou/oss/aliyun_v4_request\n0"
            })
    void refusesAnInvalidStringToSign(String content) {
        isRefused(content.replace("DATE", SignContentCalls.DATE), 400, "InvalidContent");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\n/examplebucket/k",
                "x-oss-meta-a\n/examplebucket/k",
                "host:a\n/examplebucket/k",
                "X-Oss-Meta-a:b\n/examplebucket/k",
                "/examplebucket/a\n/examplebucket/k",
                "/examplebucket/k\n",
                "/examplebucket/k\nx-oss-meta-a:b",
                "x-oss-meta-a:b",
                "examplebucket/k",
                " /examplebucket/k",
                "http://examplebucket/k"
            })
    void aLineThatDoesNotBelongThereIsRefused(String lines) {
        isRefused(SignContentCalls.v1("GET", lines), 400, "UnexpectedLine");
    }

    /** It is 2,532 characters here, and three times as many in a URL. */
    @Test
    void refusesContentThatIsTooLongForAUrl() {
        isRefused(
                SignContentCalls.v1("POST", "/examplebucket/k?append&position=" + "[".repeat(2_500)),
                400,
                "RequestTooLong");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x-oss-meta-b:c\nx-oss-meta-a:b\n/examplebucket/k",
                "x-oss-meta-a:b\nx-oss-meta-a:c\n/examplebucket/k",
                "x-oss-meta-A:b\n/examplebucket/k",
                "x-oss-meta-a: b\n/examplebucket/k",
                "x-oss-meta-a:b \n/examplebucket/k",
                "/examplebucket/k?",
                "/examplebucket/k?uploads=",
                "/examplebucket/k?prefix=a",
                "/examplebucket/k?uploadId=U&partNumber=1",
                "/examplebucket/k?partNumber=1&&uploadId=U",
                "/examplebucket/k?partNumber=1&uploadId=U&",
                "/examplebucket/k?=x",
                "/examplebucket/k?Uploads"
            })
    void refusesLinesThatNoSdkSigns(String lines) {
        isRefused(SignContentCalls.v1("PUT", lines), 400, "NotCanonical");
    }

    @ParameterizedTest
    @CsvSource({
        "GET,/,ListBucketsNotSignable",
        "GET,/?regionList,ListBucketsNotSignable",
        "GET,/examplebucket/,ListObjectsNotSignable",
        "POST,/examplebucket/?delete,DeleteMultipleObjectsNotSignable",
        "POST,/examplebucket/,BucketOperationNotSignable",
        "PUT,/examplebucket/,BucketOperationNotSignable",
        "DELETE,/examplebucket/,BucketOperationNotSignable",
        "GET,/examplebucket/?uploads,BucketOperationNotSignable",
        "GET,/examplebucket/?policy,BucketOperationNotSignable",
        "PUT,/examplebucket/?lifecycle,BucketOperationNotSignable",
        "GET,/examplebucket/k?acl,SubResourceNotSignable",
        "PUT,/examplebucket/k?acl,SubResourceNotSignable",
        "GET,/examplebucket/k?tagging,SubResourceNotSignable",
        "POST,/examplebucket/k?restore,SubResourceNotSignable",
        "GET,/examplebucket/k?versionId=1,SubResourceNotSignable",
        "GET,/examplebucket/k?x-oss-traffic-limit=1,SubResourceNotSignable",
        "GET,/examplebucket/k?x-oss-ac-source-ip=1.2.3.4,SubResourceNotSignable",
        "GET,/examplebucket/k?x-oss-countersign-once=0123456789abcdef0123456789abcdef,SubResourceNotSignable",
        "GET,/examplebucket/k?symlink,SymlinkNotSignable",
        "PUT,/examplebucket/k?callback=eA,CallbackNotSignable",
        "GET,/examplebucket/k?security-token=t,SecurityTokenNotSignable",
        "GET,/examplebucket/a/../k,KeyNotSignable",
        "POST,/examplebucket/k,NotSignable",
        "OPTIONS,/examplebucket/k,NotSignable"
    })
    void eachThingThatIsNotSignedHasItsCode(String verb, String resource, String code) {
        isRefused(SignContentCalls.v1(verb, resource), 403, code);
    }

    @ParameterizedTest
    @CsvSource({
        "x-oss-security-token:t,SecurityTokenNotSignable",
        "x-oss-callback:eA,CallbackNotSignable",
        "x-oss-callback-var:eA,CallbackNotSignable",
        "x-oss-symlink-target:t,SymlinkNotSignable",
        "x-oss-server-side-encryption-key-id:k,HeaderNotSignable",
        "x-oss-server-side-encryption:KMS,HeaderNotSignable",
        "x-oss-acl:public-read,HeaderNotSignable",
        "x-oss-storage-class:Archive,HeaderNotSignable",
        "x-oss-content-sha256:UNSIGNED-PAYLOAD,HeaderNotSignable"
    })
    void eachHeaderThatIsNotSignedHasItsCode(String header, String code) {
        isRefused(SignContentCalls.v1("PUT", header, "/examplebucket/k"), 403, code);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x-oss-meta-a:\u00e9", "x-oss-meta-a:", "x-oss-copy-source:examplebucket"})
    void aHeaderThatServersWouldReadOtherwiseIsRefused(String header) {
        isRefused(SignContentCalls.v1("PUT", header, "/examplebucket/k"), 400, "InvalidArgument");
    }

    @Test
    void refusesAnInvalidDigest() {
        isRefused("PUT\nabc\n\n" + SignContentCalls.DATE + "\n/examplebucket/k", 400, "InvalidArgument");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "now",
                "2026-11-22T08:00:00Z",
                "20261122T080000Z",
                "Sun, 22 Nov 2026 08:00:00 UTC",
                "Sun, 22 Nov 2026 08:00:00",
                "Sun, 32 Nov 2026 08:00:00 GMT",
                "01795316556",
                "0",
                "-1",
                "+1795316556",
                "17953165560",
                "1795316556.0",
                "\u0661\u0662"
            })
    void aDateThatIsNoneIsRefused(String date) {
        isRefused(dated(date), 400, "InvalidDate");
    }

    @Test
    void aDateIsWithinFifteenMinutesOfNow() {
        for (long seconds : new long[] {-900, -1, 0, 900}) {
            isSigned(dated(SigningTime.rfc1123(NOW.plusSeconds(seconds))));
        }
        for (long seconds : new long[] {-901, 901, -86_400, 86_400}) {
            isRefused(dated(SigningTime.rfc1123(NOW.plusSeconds(seconds))), 403, "RequestTimeTooSkewed");
        }
    }

    @Test
    void anExpiryIsToComeAndAtMostTheCapAhead() {
        long now = NOW.getEpochSecond();
        for (long expires : new long[] {now, now + 1, now + 3600}) {
            isSigned(dated(Long.toString(expires)));
        }
        isRefused(dated(Long.toString(now - 1)), 403, "RequestExpired");
        isRefused(dated("1"), 403, "RequestExpired");
        isRefused(dated(Long.toString(now + 3601)), 403, "ExpiresTooFar");
        isRefused(dated("9999999999"), 403, "ExpiresTooFar");
    }

    @Test
    void theCapIsTheOperators() {
        SignContentFunction function = SignContentCalls.function(
                SignContentCalls.registry(SignContentCalls.ANYTHING),
                new SignContentSettings(Duration.ofSeconds(60), SigningOptions.DEFAULT));
        long now = NOW.getEpochSecond();
        assertThat(function.handle(
                                SignContentCalls.call(
                                        "text/plain",
                                        Bytes.utf8(dated(Long.toString(now + 60))),
                                        SignContentCalls.TOKEN),
                                NOW)
                        .status())
                .isEqualTo(200);
        SignContentCalls.isRefused(
                function.handle(
                        SignContentCalls.call(
                                "text/plain", Bytes.utf8(dated(Long.toString(now + 61))), SignContentCalls.TOKEN),
                        NOW),
                403,
                "ExpiresTooFar");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/examplebucket/a?acl?b", "/examplebucket/k?response-content-type=a?b", "/examplebucket/??"})
    void twoQuestionMarksAreAmbiguous(String resource) {
        isRefused(SignContentCalls.v1("GET", resource), 403, "AmbiguousContent");
    }

    @Test
    void requiresTheRightToAKeyWithAQuestionMarkToo() {
        String oneKey = TestRegistry.policy("Allow", "oss:*", "acs:oss:*:*:examplebucket/k");
        String folder = TestRegistry.policy("Allow", "oss:*", "acs:oss:*:*:examplebucket/k*");
        isSigned(SignContentCalls.v1("GET", "/examplebucket/k"), oneKey);
        for (String resource : new String[] {
            "/examplebucket/k?response-content-type=a", "/examplebucket/k?x-oss-process=image/resize,w_1"
        }) {
            isRefused(SignContentCalls.v1("GET", resource), 403, "AmbiguousContent", oneKey);
            isSigned(SignContentCalls.v1("GET", resource), folder);
        }
        // No operation has this verb without a sub-resource, so there is no such request of the other key.
        isSigned(SignContentCalls.v1("POST", "/examplebucket/k?uploads"), oneKey);
    }

    @Test
    void requiresTheRightToEachPossibleOperation() {
        String lists = TestRegistry.policy("Allow", "oss:ListParts", "*");
        String reads = TestRegistry.policy("Allow", "oss:GetObject", "*");
        String content = SignContentCalls.v1("GET", "/examplebucket/k?response-content-type=a&uploadId=U");
        isRefused(content, 403, "AmbiguousContent", lists);
        isSigned(content, lists, reads);
    }

    @Test
    void anAmbiguityBeyondJudgingIsRefused() {
        isRefused(
                SignContentCalls.v1(
                        "GET",
                        "/examplebucket/k?response-cache-control=a&response-content-disposition=b&response-content-encoding=c"
                                + "&response-content-language=d&response-content-type=e&response-expires=f"),
                403,
                "AmbiguousContent");
    }

    @Test
    void anotherAccountsBucketIsRefused() {
        isRefused(SignContentCalls.v1("GET", "/nobodys-bucket/k"), 403, "AccessDenied");
    }

    @Test
    void onlyWhatTheRoleMayDoIsSigned() {
        String own = TestRegistry.policy("Allow", "oss:GetObject", "acs:oss:*:*:examplebucket/users/${jwt:sub}/*");
        isSigned(SignContentCalls.v1("GET", "/examplebucket/users/alice/a"), own);
        isRefused(SignContentCalls.v1("GET", "/examplebucket/users/bob/a"), 403, "AccessDenied", own);
        isRefused(SignContentCalls.v1("PUT", "/examplebucket/users/alice/a"), 403, "AccessDenied", own);
    }
}
