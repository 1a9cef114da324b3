package io.countersign.signcontent;

import static io.countersign.identity.TestToken.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.http.Reply;
import io.countersign.identity.TestRegistry;
import io.countersign.signing.AccessKey;
import io.countersign.signing.CredentialScope;
import io.countersign.signing.Secret;
import io.countersign.signing.SigningKeys;
import io.countersign.signing.base.SigningTime;
import io.countersign.signing.request.SelfSignature;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RemoteSignerTest {
    private static final AccessKey SIGNER = new AccessKey(SignContentCalls.KEY_ID, Secret.of(SignContentCalls.SECRET));
    private static final String GET = Remote.canonicalRequest("GET", "k", "");

    private static void isSigned(Remote remote, String... policies) {
        Reply reply = SignContentCalls.json(remote.json(), policies);
        assertThat(reply.status()).as(reply.body().utf8()).isEqualTo(200);
        String stringToSign = remote.members().get("stringToSign");
        String expected = remote.members().get("version").equals("v1")
                ? SelfSignature.v1(stringToSign, SIGNER)
                : SelfSignature.v4(
                        stringToSign,
                        new CredentialScope(
                                SignContentCalls.KEY_ID, remote.members().get("date"), "cn-hangzhou", "oss"),
                        SIGNER,
                        new SigningKeys(1));
        assertThat(reply.body().utf8()).isEqualTo("{\"signature\":\"" + expected + "\"}");
    }

    private static void isRefused(Remote remote, int status, String code, String... policies) {
        SignContentCalls.isRefused(SignContentCalls.json(remote.json(), policies), status, code);
    }

    private static Remote get(String canonicalRequest) {
        return Remote.v4("GET", "examplebucket", "k", canonicalRequest);
    }

    private static Remote getV1() {
        return Remote.v1("GET", "examplebucket", "k", SignContentCalls.v1("GET", "/examplebucket/k"));
    }

    @Test
    void answersV1WithOnlyTheSignature() {
        isSigned(getV1());
        isSigned(getV1().with("accessKeyId", SignContentCalls.KEY_ID));
        isSigned(Remote.v1(
                "PUT",
                "examplebucket",
                "k",
                "PUT\n\nimage/jpeg\n" + (NOW.getEpochSecond() + 900) + "\n/examplebucket/k"));
    }

    /** The Swift SDK writes an empty line where a request has no x-oss-* header; OSS does not (docs/protocol.md 5.7). */
    @Test
    void aStringThatNoServerWouldBuildIsRefused() {
        isRefused(
                Remote.v1("GET", "examplebucket", "k", SignContentCalls.v1("GET", "\n/examplebucket/k")),
                400,
                "UnexpectedLine");
    }

    @ParameterizedTest
    @CsvSource({"method,PUT", "bucket,srcbucket", "key,k2", "key,''", "date,'Sun, 22 Nov 2026 08:00:01 GMT'"})
    void v1MustAgreeWithItsMembers(String member, String value) {
        isRefused(getV1().with(member, value), 400, "HintMismatch");
    }

    @ParameterizedTest
    @CsvSource({
        "method,PUT",
        "bucket,srcbucket",
        "key,k2",
        "key,''",
        "date,20261121",
        "date,20261122T080000Z",
        "region,cn-beijing",
        "region,oss-cn-hangzhou",
        "product,oss-cloudbox"
    })
    void v4MustAgreeWithItsMembers(String member, String value) {
        isRefused(get(GET).with(member, value), 400, "HintMismatch");
    }

    @Test
    void v4IsSignedWithItsCanonicalRequest() {
        isSigned(get(GET));
        isSigned(Remote.v4(
                "PUT",
                "examplebucket",
                "a b+c\u4e2d/%",
                Remote.canonicalRequest(
                        "PUT",
                        "a b+c\u4e2d/%",
                        "partNumber=1&uploadId=U%2F1",
                        "content-md5:1B2M2Y8AsgTpgAmY7PhCfg==",
                        "content-type:image/jpeg")));
        isSigned(Remote.v4(
                "PUT",
                "examplebucket",
                "k",
                Remote.canonicalRequest("PUT", "k", "", "content-type:text/x-of-my-own")
                        .replace("x-oss-date:" + Remote.TIME, "x-oss-date:" + Remote.TIME + "\nx-oss-meta-a:b c")));
        isSigned(Remote.v4(
                "PUT",
                "examplebucket",
                "k",
                Remote.canonicalRequest("PUT", "k", "", "cache-control:no-store")
                        .replace("\n\n\n", "\n\ncache-control\n")));
    }

    @Test
    void v4SignsWhatV1CannotTellApart() {
        isSigned(Remote.v4("GET", "examplebucket", "a?acl", Remote.canonicalRequest("GET", "a?acl", "")));
        isSigned(get(Remote.canonicalRequest("GET", "k", "response-content-disposition=x%26y%3Fz")));
    }

    @Test
    void refusesContentThatIsTooLongForAUrl() {
        String query = "response-content-type=" + "%5B".repeat(2_500);
        isRefused(get(Remote.canonicalRequest("GET", "k", query)), 400, "RequestTooLong");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "application/octet-stream", "application/xml", "image/jpeg", "video/quicktime"})
    void aPlainRequestIsFoundByItsHash(String type) {
        String[] lines = type.isEmpty() ? new String[0] : new String[] {"content-type:" + type};
        for (String method : new String[] {"GET", "HEAD", "PUT", "DELETE"}) {
            isSigned(Remote.v4(method, "examplebucket", "a b", Remote.canonicalRequest(method, "a b", "", lines))
                    .without("canonicalRequest"));
        }
        for (String query : new String[] {"uploads", "append&position=0"}) {
            isSigned(Remote.v4("POST", "examplebucket", "a b", Remote.canonicalRequest("POST", "a b", query, lines))
                    .without("canonicalRequest"));
        }
    }

    @Test
    void asksForACanonicalRequestThatItCannotDerive() {
        for (String query : new String[] {"uploadId=U", "acl", "response-content-type=a"}) {
            isRefused(
                    get(Remote.canonicalRequest("GET", "k", query)).without("canonicalRequest"),
                    400,
                    "CanonicalRequestNeeded");
        }
        isRefused(get(GET).without("canonicalRequest").with("key", "k2"), 400, "CanonicalRequestNeeded");
        isRefused(get(GET).without("canonicalRequest").with("method", "PUT"), 400, "CanonicalRequestNeeded");
        isRefused(get(GET).without("canonicalRequest").with("method", "get"), 400, "CanonicalRequestNeeded");
        isRefused(get(GET).without("canonicalRequest").with("key", ""), 403, "BucketOperationNotSignable");
        isRefused(get(GET).without("canonicalRequest").with("bucket", ""), 403, "BucketOperationNotSignable");
    }

    @Test
    void authorizesADerivedCanonicalRequest() {
        String reads = TestRegistry.policy("Allow", "oss:GetObject", "acs:oss:*:*:examplebucket/k");
        isSigned(get(GET).without("canonicalRequest"), reads);
        Remote other = Remote.v4("GET", "examplebucket", "k2", Remote.canonicalRequest("GET", "k2", ""));
        isRefused(other, 403, "AccessDenied", reads);
        isRefused(other.without("canonicalRequest"), 403, "AccessDenied", reads);
    }

    @Test
    void anotherCanonicalRequestIsRefused() {
        isRefused(
                get(GET).with("canonicalRequest", Remote.canonicalRequest("GET", "k2", "")),
                400,
                "CanonicalRequestMismatch");
        isRefused(get(GET).with("canonicalRequest", GET + "\n"), 400, "CanonicalRequestMismatch");
        isRefused(get(GET).with("canonicalRequest", ""), 400, "CanonicalRequestMismatch");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "acl|SubResourceNotSignable",
                "tagging|SubResourceNotSignable",
                "encoding-type=url&uploads|SubResourceNotSignable",
                "x-oss-security-token=t|SecurityTokenNotSignable",
                "OSSAccessKeyId=a|SubResourceNotSignable",
                "x-oss-credential=a|SubResourceNotSignable",
                "x-oss-process=image%2Fwatermark%2Ctext_eA|ProcessNotSignable",
                "callback=eA|CallbackNotSignable"
            })
    void refusesARequestThatTheTableLacks(String query, String code) {
        isRefused(get(Remote.canonicalRequest("GET", "k", query)), 403, code);
    }

    @ParameterizedTest
    @CsvSource({
        "x-oss-security-token:t,SecurityTokenNotSignable",
        "x-oss-server-side-encryption:KMS,HeaderNotSignable",
        "x-oss-symlink-target:t,SymlinkNotSignable"
    })
    void aHeaderThatTheTableLacksIsNotSigned(String header, String code) {
        isRefused(
                Remote.v4(
                        "PUT",
                        "examplebucket",
                        "k",
                        Remote.canonicalRequest("PUT", "k", "")
                                .replace("x-oss-date:" + Remote.TIME, "x-oss-date:" + Remote.TIME + "\n" + header)),
                403,
                code);
    }

    @Test
    void theHostIsNotTheCallersToName() {
        isRefused(
                get(Remote.canonicalRequest("GET", "k", "", "host:evil.example").replace("\n\n\n", "\n\nhost\n")),
                403,
                "HeaderNotSignable");
    }

    @Test
    void aBucketIsNotSignedFor() {
        String list = GET.replace("/examplebucket/k", "/examplebucket/");
        isRefused(get(list).with("key", ""), 403, "ListObjectsNotSignable");
        isRefused(
                get(GET.replace("/examplebucket/k", "/")).with("key", "").with("bucket", ""),
                403,
                "ListBucketsNotSignable");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET\n/examplebucket/k\n\nHEADERS\n\nunsigned-payload",
                "GET\n/examplebucket/%6b\n\nHEADERS\n\nUNSIGNED-PAYLOAD",
                "GET\n/examplebucket/k\nuploadId=\nHEADERS\n\nUNSIGNED-PAYLOAD",
                "GET\n/examplebucket/k\n&uploadId=U\nHEADERS\n\nUNSIGNED-PAYLOAD",
                "GET\n/examplebucket/k\nuploadId=a+b\nHEADERS\n\nUNSIGNED-PAYLOAD",
                "GET\n/examplebucket/k\nuploadId=a%2fb\nHEADERS\n\nUNSIGNED-PAYLOAD",
                "GET\n/examplebucket/k\nuploadId=a/b\nHEADERS\n\nUNSIGNED-PAYLOAD",
                "GET\n/examplebucket/k\nuploadId=a&partNumber=1\nHEADERS\n\nUNSIGNED-PAYLOAD",
                "GET\n/examplebucket/k\nx-oss-signature=a\nHEADERS\n\nUNSIGNED-PAYLOAD",
                "GET\n/examplebucket/k\n\nHEADERSx-oss-a:b\n\nhost\nUNSIGNED-PAYLOAD",
                "GET\n/examplebucket/k\n\nHEADERS\ncontent-type\nUNSIGNED-PAYLOAD",
                "GET\n/examplebucket/k\n\ncache-control:a\nHEADERS\n\nUNSIGNED-PAYLOAD",
                "GET\n/examplebucket/k\n\nContent-Type:a\nHEADERS\n\nUNSIGNED-PAYLOAD",
                "GET\n/examplebucket/k\n\nHEADERScontent-type:a\n\n\nUNSIGNED-PAYLOAD",
                "GET\n/examplebucket/k\n\ncontent-type: a\nHEADERS\n\nUNSIGNED-PAYLOAD"
            })
    void refusesTextThatIsNotCanonical(String text) {
        String headers = "x-oss-content-sha256:UNSIGNED-PAYLOAD\nx-oss-date:" + Remote.TIME + "\n";
        String canonicalRequest = text.contains("HEADERSx-oss-a") || text.contains("HEADERScontent")
                ? text.replace("HEADERS", headers)
                : text.replace("HEADERS\n", headers + "\n");
        isRefused(get(canonicalRequest), 400, "NotCanonical");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "GET",
                "get\n/examplebucket/k\n\n\n\nUNSIGNED-PAYLOAD",
                "GET\nexamplebucket/k\n\n\n\nUNSIGNED-PAYLOAD",
                "GET\n/examplebucket\n\n\n\nUNSIGNED-PAYLOAD",
                "GET\n/examplebucket/%\n\n\n\nUNSIGNED-PAYLOAD",
                "GET\n/examplebucket/%ff\n\n\n\nUNSIGNED-PAYLOAD",
                "GET\n/examplebucket/k\n%zz\n\n\nUNSIGNED-PAYLOAD",
                "GET\n/examplebucket/k\n\nx-oss-date:20261122T080000Z\n\n\nUNSIGNED-PAYLOAD",
                "GET\n/examplebucket/k\n\n\n;\nUNSIGNED-PAYLOAD",
                "GET\n/examplebucket/k\n\n\nUNSIGNED-PAYLOAD"
            })
    void refusesAnInvalidCanonicalRequest(String canonicalRequest) {
        Reply reply = SignContentCalls.json(get(canonicalRequest).json());
        assertThat(reply.status()).isEqualTo(400);
        assertThat(SignContentCalls.member(reply, "code")).isIn("InvalidContent", "InvalidDate");
    }

    @Test
    void aBodyHashIsNotSigned() {
        String hash = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        isRefused(get(GET.replace("UNSIGNED-PAYLOAD", hash)), 400, "InvalidContent");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "OSS4-HMAC-SHA256",
                "oss4-hmac-sha256\nTIME\nDAY/cn-hangzhou/oss/aliyun_v4_request\nHASH",
                "OSS4-HMAC-SHA256\nSun, 22 Nov 2026 08:00:00 GMT\nDAY/cn-hangzhou/oss/aliyun_v4_request\nHASH",
                "OSS4-HMAC-SHA256\nTIME\nDAY/cn-hangzhou/oss/aws4_request\nHASH",
                "OSS4-HMAC-SHA256\nTIME\nDAY/cn-hangzhou/oss/aliyun_v4_request/\nHASH",
                "OSS4-HMAC-SHA256\nTIME\nDAY/cn-hangzhou/aliyun_v4_request\nHASH",
                "OSS4-HMAC-SHA256\nTIME\nDAY/cn-hangzhou/oss/aliyun_v4_request\nHASH\n",
                "OSS4-HMAC-SHA256\nTIME\nDAY/cn-hangzhou/oss/aliyun_v4_request\nHASH0",
                "eyJleHBpcmF0aW9uIjoiMjAyNi0xMS0yMlQxMDowMDowMFoifQ=="
            })
    void aStringToSignThatIsNotV4sIsRefused(String text) {
        String hash = Remote.stringToSign(Remote.TIME, "cn-hangzhou/oss", GET).split("\n")[3];
        String stringToSign = text.replace("TIME", Remote.TIME).replace("DAY", Remote.DAY);
        isRefused(get(GET).with("stringToSign", stringToSign.replace("HASH", hash)), 400, "InvalidContent");
        isRefused(
                get(GET).with("stringToSign", stringToSign.replace("HASH", hash))
                        .without("canonicalRequest"),
                400,
                "InvalidContent");
    }

    @Test
    void theTimeIsWithinFifteenMinutesOfNow() {
        for (long seconds : new long[] {-900, 0, 900}) {
            isSigned(at(NOW.plusSeconds(seconds)));
        }
        for (long seconds : new long[] {-901, 901}) {
            isRefused(at(NOW.plusSeconds(seconds)), 403, "RequestTimeTooSkewed");
        }
    }

    private static Remote at(Instant moment) {
        String time = SigningTime.iso(moment);
        String canonicalRequest = GET.replace(Remote.TIME, time);
        return get(canonicalRequest)
                .with("stringToSign", Remote.stringToSign(time, "cn-hangzhou/oss", canonicalRequest));
    }

    @Test
    void theTimeOfTheStringIsTheRequests() {
        isRefused(
                get(GET).with("stringToSign", Remote.stringToSign("20261122T080001Z", "cn-hangzhou/oss", GET)),
                400,
                "InvalidDate");
    }

    @Test
    void theDayIsTheTimes() {
        isRefused(
                get(GET).with(
                                "stringToSign",
                                get(GET).members().get("stringToSign").replace("20261122/", "20261121/"))
                        .with("date", "20261121"),
                400,
                "InvalidDate");
    }

    @ParameterizedTest
    @CsvSource({"cn-beijing,oss", "cn-hangzhou,oss-cloudbox", "oss-cn-hangzhou,oss"})
    void theScopeIsTheBuckets(String region, String product) {
        isRefused(
                get(GET).with("stringToSign", Remote.stringToSign(Remote.TIME, region + "/" + product, GET))
                        .with("region", region)
                        .with("product", product),
                400,
                "InvalidScope");
    }

    @Test
    void aUrlIsSigned() {
        isSigned(Remote.url("GET", "a b", 900));
        isSigned(Remote.url("GET", "k", 3600, NOW, "response-content-type=text%2Fplain&"));
        isSigned(Remote.url("PUT", "k", 900, NOW, "", "content-type:image/jpeg", "x-oss-meta-a:b"));
        isSigned(Remote.url("PUT", "k", 900).with("accessKeyId", SignContentCalls.KEY_ID));
    }

    @Test
    void aUrlIsNeverGuessed() {
        isRefused(Remote.url("GET", "k", 900).without("canonicalRequest"), 400, "CanonicalRequestNeeded");
    }

    @Test
    void aUrlEndsAtMostTheCapAheadAndBeginsNow() {
        isRefused(Remote.url("GET", "k", 3601), 403, "ExpiresTooFar");
        isRefused(Remote.url("GET", "k", 604_800), 403, "ExpiresTooFar");
        isRefused(Remote.url("GET", "k", 604_801), 400, "InvalidContent");
        isRefused(Remote.url("GET", "k", 0), 400, "InvalidContent");
        Instant old = NOW.minusSeconds(901);
        isRefused(Remote.url("GET", "k", 1800, old, ""), 403, "RequestTimeTooSkewed");
        isRefused(Remote.url("GET", "k", 60, NOW.minusSeconds(61), ""), 403, "RequestExpired");
        isRefused(Remote.url("GET", "k", 60, NOW.plusSeconds(901), ""), 403, "RequestTimeTooSkewed");
        isRefused(Remote.url("GET", "k", 3600, NOW.plusSeconds(1), ""), 403, "ExpiresTooFar");
    }

    @Test
    void aUrlHasOneMeaning() {
        Remote good = Remote.url("GET", "k", 900);
        String canonicalRequest = good.members().get("canonicalRequest");
        for (String other : new String[] {
            canonicalRequest.replace("OSS4-HMAC-SHA256", "OSS2"),
            canonicalRequest.replace("x-oss-expires=900", "x-oss-expires=09x0"),
            canonicalRequest.replace("&x-oss-expires=900", ""),
            canonicalRequest.replace("x-oss-expires=900", "x-oss-expires=900&x-oss-expires=900"),
            canonicalRequest.replace("%2Foss%2F", "%2Foss-cloudbox%2F"),
            canonicalRequest.replace("x-oss-date=20261122T080000Z", "x-oss-date=20261122T080001Z")
        }) {
            isRefused(
                    good.with("canonicalRequest", other)
                            .with("stringToSign", Remote.stringToSign(Remote.TIME, "cn-hangzhou/oss", other)),
                    400,
                    "InvalidContent");
        }
    }

    @Test
    void theClientLearnsWhichKeySigns() {
        for (Remote remote : new Remote[] {
            getV1().with("accessKeyId", "LTAI5tOther"),
            get(GET).with("accessKeyId", "LTAI5tOther"),
            get(GET).with("accessKeyId", "").without("canonicalRequest")
        }) {
            Reply reply = SignContentCalls.json(remote.json());
            SignContentCalls.isRefused(reply, 409, "AccessKeyIdMismatch");
            assertThat(SignContentCalls.member(reply, "accessKeyId")).isEqualTo(SignContentCalls.KEY_ID);
        }
        String other = Remote.url("GET", "k", 900)
                .members()
                .get("canonicalRequest")
                .replace(SignContentCalls.KEY_ID, "LTAI5tOther");
        isRefused(get(other), 409, "AccessKeyIdMismatch");
    }

    @Test
    void hidesTheKeyFromACallerWhoMayNotSign() {
        String nothingHere = TestRegistry.policy("Allow", "oss:GetObject", "acs:oss:*:*:examplebucket/other");
        Reply reply = SignContentCalls.json(
                get(GET).with("accessKeyId", "LTAI5tOther").json(), nothingHere);
        SignContentCalls.isRefused(reply, 403, "AccessDenied");
        assertThat(reply.body().utf8()).doesNotContain(SignContentCalls.KEY_ID);
    }

    @ParameterizedTest
    @ValueSource(strings = {"version", "method", "bucket", "key", "stringToSign", "date", "region", "product"})
    void aMemberThatIsMissingIsAskedFor(String member) {
        isRefused(get(GET).without(member), 400, "InvalidMember");
    }

    @Test
    void aMemberThatDoesNotBelongThereIsRefused() {
        isRefused(get(GET).with("content", "x"), 400, "InvalidMember");
        isRefused(get(GET).with("expires", "x"), 400, "InvalidMember");
        isRefused(getV1().with("region", "cn-hangzhou"), 400, "InvalidMember");
        isRefused(getV1().with("version", "v2"), 400, "InvalidMember");
        isRefused(getV1().with("version", "V1"), 400, "InvalidMember");
    }
}
