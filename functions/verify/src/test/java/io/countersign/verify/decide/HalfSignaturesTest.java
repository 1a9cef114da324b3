package io.countersign.verify.decide;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.oss.Headers;
import io.countersign.oss.HttpMethod;
import io.countersign.signing.SignatureVersion;
import io.countersign.verify.decide.SubmittedForm.Field;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A signature that is not whole, or not OSS's, is never taken for none, although anybody may read the object. */
class HalfSignaturesTest extends AbstractVerifierTest {
    private static final ClientRequest PUBLIC = ClientRequest.get(SampleRegistry.READABLE, "a");
    private static final ClientRequest UPLOAD = ClientRequest.put(SampleRegistry.WRITABLE, "a");
    private static final String URL = PUBLIC.anonymous().url();

    private VerifyAnswer.AnswerError refused(VerifyRequest request) {
        VerifyAnswer answer = verify(request);
        assertThat(answer.allowed()).as(request.url()).isFalse();
        assertThat(answer.status()).isIn(400, 403);
        return answer.error().orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({
        "x-oss-expires=3600,x-oss-signature-version",
        "x-oss-date=20261122T030000Z,x-oss-signature-version",
        "x-oss-additional-headers=host,x-oss-signature-version",
        "x-oss-signature=s,x-oss-signature-version",
        "x-oss-credential=c,x-oss-signature-version",
        "x-oss-access-key-id=i,x-oss-signature-version",
        "x-oss-signature-version=OSS2,x-oss-access-key-id",
        "x-oss-signature-version=OSS4-HMAC-SHA256,x-oss-credential",
        "x-oss-signature-version=OSS9,x-oss-signature-version",
        "Signature=s,OSSAccessKeyId is missing",
        "Expires=1,OSSAccessKeyId is missing",
        "OSSAccessKeyId=i,Signature is missing",
        "OSSAccessKeyId=i&Signature=s,Expires is missing",
        "OSSAccessKeyId=i&Expires=1,Signature is missing",
        "security-token=t,session's key",
        "security-token=,session's key",
        "x-oss-security-token=t,session's key",
    })
    void onePartOfASignatureIsNoNone(String query, String says) {
        assertAllowed(PUBLIC.anonymous());
        assertThat(refused(VerifyRequests.url(PUBLIC.anonymous(), URL + "?" + query))
                        .message())
                .contains(says);
        assertThat(refused(PUBLIC.query("response-content-type=a&" + query).anonymous())
                        .message())
                .contains(says);
        assertAllowed(UPLOAD.anonymous());
        refused(UPLOAD.query(query).anonymous());
        refused(VerifyRequests.method(PUBLIC.query(query).anonymous(), "HEAD"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-Amz-Signature=s",
                "x-amz-signature=s",
                "X-AMZ-CREDENTIAL=c",
                "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=c&X-Amz-Date=d&X-Amz-Expires=1&X-Amz-SignedHeaders=host&X-Amz-Signature=s",
                "X-Amz-Security-Token=t",
                "x%2Damz-Date=d",
                "AWSAccessKeyId=i&Expires=1&Signature=s",
                "AWSAccessKeyId=i",
                "awsaccesskeyid=i&expires=1&signature=s",
                "X-Goog-Signature=s",
                "GoogleAccessId=i&Expires=1&Signature=s",
                "q-sign-algorithm=sha1&q-ak=i&q-signature=s",
                "q-signature=s",
                "x-cos-security-token=t",
                "X-Tos-Algorithm=TOS4-HMAC-SHA256&X-Tos-Credential=c&X-Tos-Date=d&X-Tos-Expires=1&X-Tos-SignedHeaders=host&X-Tos-Signature=s",
                "x-tos-signature=s",
                "X-Tos-Security-Token=t",
                "x-obs-security-token=t",
                "x-bce-security-token=t",
                "authorization=bce-auth-v1/i/d/1/host/s"
            })
    void anotherStoresSignatureIsCalledThat(String query) {
        assertThat(assertRefused(PUBLIC.query(query).anonymous(), 400, "InvalidArgument")
                        .message())
                .containsAnyOf(
                        "Amazon S3",
                        "Google Cloud Storage",
                        "Tencent COS",
                        "Volcengine TOS",
                        "Huawei Cloud OBS",
                        "Baidu BOS")
                .contains("Sign for OSS");
        assertThat(assertRefused(
                                ClientRequest.get(SampleRegistry.READABLE, "")
                                        .query(query)
                                        .anonymous(),
                                400,
                                "InvalidArgument")
                        .message())
                .contains("Sign for OSS");
        for (SignatureVersion version : SignatureVersion.values()) {
            VerifyRequest signed = PUBLIC.signed(version, SampleRegistry.ROOT);
            assertAllowed(signed);
            assertRefused(VerifyRequests.url(signed, URL + "?" + query), 400, "InvalidArgument");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ossaccesskeyid=i&expires=1&signature=s",
                "X-Oss-Signature=s",
                "X-OSS-EXPIRES=1",
                "Security-Token=t"
            })
    void theNamesOfASignatureKnowUpperAndLowerCase(String query) {
        assertThat(assertRefused(PUBLIC.query(query).anonymous(), 400, "InvalidArgument")
                        .message())
                .contains("case-sensitive");
    }

    @ParameterizedTest
    @CsvSource({
        "X-Amz-Date,20261122T030000Z,Amazon S3",
        "x-amz-content-sha256,UNSIGNED-PAYLOAD,Amazon S3",
        "X-Amz-Security-Token,t,Amazon S3",
        "Authorization,AWS4-HMAC-SHA256 Credential=c,Amazon S3",
        "Authorization,aws4-hmac-sha256 Credential=c,Amazon S3",
        "Authorization,AWS id:signature,Amazon S3",
        "x-goog-date,20261122T030000Z,Google Cloud Storage",
        "X-Goog-Signature,s,Google Cloud Storage",
        "x-goog-credential,c,Google Cloud Storage",
        "x-goog-content-sha256,UNSIGNED-PAYLOAD,Google Cloud Storage",
        "x-tos-date,20261122T030000Z,Volcengine TOS",
        "X-Tos-Signature,s,Volcengine TOS",
        "x-tos-content-sha256,s,Volcengine TOS",
        "x-tos-security-token,t,Volcengine TOS",
        "x-cos-security-token,t,Tencent COS",
        "x-obs-date,d,Huawei Cloud OBS",
        "x-obs-security-token,t,Huawei Cloud OBS",
        "x-bce-date,d,Baidu BOS",
        "Authorization,GOOG4-HMAC-SHA256 Credential=c,Google Cloud Storage",
        "Authorization,GOOG4-RSA-SHA256 Credential=c,Google Cloud Storage",
        "Authorization,TOS4-HMAC-SHA256 Credential=c,Volcengine TOS",
        "Authorization,tos4-hmac-sha256 Credential=c,Volcengine TOS",
        "Authorization,OBS id:signature,Huawei Cloud OBS",
        "Authorization,q-sign-algorithm=sha1&q-ak=i,Tencent COS",
        "Authorization,bce-auth-v1/i/d/1/host/s,Baidu BOS",
        "x-oss-signature,s,parameter of signed URLs",
        "X-Oss-Credential,c,parameter of signed URLs",
        "x-oss-signature-version,OSS4-HMAC-SHA256,parameter of signed URLs",
        "x-oss-expires,3600,parameter of signed URLs",
        "x-oss-access-key-id,i,parameter of signed URLs",
        "x-oss-additional-headers,host,parameter of signed URLs",
        "OSSAccessKeyId,i,parameter of signed URLs",
        "Authorization,Bearer token,sign for OSS",
        "Authorization,Basic dXNlcjpwYXNz,sign for OSS",
        "Authorization,oss id:signature,sign for OSS",
        "Authorization,OSS,sign for OSS",
        "Authorization,'',sign for OSS",
        "Authorization,' ',sign for OSS",
        "Authorization,ACS3-HMAC-SHA256 Credential=c,sign for OSS",
        "Authorization,OSS4-HMAC-SHA256,sign for OSS",
        "x-oss-security-token,t,session's key",
        "security-token,t,session's key",
    })
    void refusesASingleHeaderOfASignature(String name, String value, String says) {
        assertThat(assertRefused(PUBLIC.header(name, value).anonymous(), 400, "InvalidArgument")
                        .message())
                .contains(says);
        assertRefused(UPLOAD.header(name, value).anonymous(), 400, "InvalidArgument");
    }

    @ParameterizedTest
    @CsvSource({
        "Date,'Sun, 22 Nov 2026 03:00:00 GMT'",
        "x-oss-date,20261122T030000Z",
        "x-oss-content-sha256,UNSIGNED-PAYLOAD",
        "X-Amz-Cf-Id,abc",
        "X-Amzn-Trace-Id,Root=1",
        "X-Oss-Meta-Authorization,x",
        "X-Goog-Iap-Jwt-Assertion,t",
        "X-Goog-Authenticated-User-Id,i",
        "X-Cos-Meta-A,b",
        "X-Tos-Meta-Date,b",
        "Expires,'Sun, 22 Nov 2026 03:00:00 GMT'",
    })
    void acceptsASingleHeaderThatClaimsNothing(String name, String value) {
        assertAllowed(PUBLIC.header(name, value).anonymous());
    }

    @ParameterizedTest
    @ValueSource(strings = {"expires=1", "signature=s", "utm_source=x", "token=t", "x-id=GetObject", "=x", "ACL"})
    void ignoresParametersOfNoSignatureWhenReadingAnObject(String query) {
        assertAllowed(PUBLIC.query(query).anonymous());
    }

    @ParameterizedTest
    @EnumSource
    void everyPartOfAUrlsSignatureIsNeeded(SignatureVersion version) {
        VerifyRequest whole = PUBLIC.presigned(version, SampleRegistry.ROOT, Duration.ofHours(1));
        assertAllowed(whole);
        List<String> parts = Arrays.asList(whole.url().split("[?&]"));
        int signature = parts.size() - 1;
        for (int some = 1; some < (1 << signature) - 1; some++) {
            List<String> kept = new ArrayList<>();
            for (int i = 0; i < signature; i++) {
                if ((some >> i & 1) == 1) {
                    kept.add(parts.get(i + 1));
                }
            }
            refused(VerifyRequests.url(whole, parts.getFirst() + "?" + String.join("&", kept)));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "V1,x-oss-expires=1",
        "V1,x-oss-date=20261122T030000Z",
        "V2,Expires=1",
        "V2,x-oss-date=20261122T030000Z",
        "V2,x-oss-credential=c",
        "V4,Signature=s",
        "V4,x-oss-access-key-id=i",
        "V4,security-token=t",
    })
    void partsOfTwoSignaturesAreRefused(SignatureVersion version, String query) {
        VerifyRequest presigned = PUBLIC.presigned(version, SampleRegistry.ROOT, Duration.ofHours(1));
        assertRefused(VerifyRequests.url(presigned, presigned.url() + "&" + query), 400, "InvalidArgument");
        VerifyRequest signed = PUBLIC.signed(version, SampleRegistry.ROOT);
        assertRefused(VerifyRequests.url(signed, URL + "?" + query), 400, "InvalidArgument");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "AWSAccessKeyId=i",
                "x-amz-signature=s",
                "X-Amz-Credential=c",
                "GoogleAccessId=i",
                "x-goog-date=d",
                "X-Tos-Signature=s",
                "x-obs-security-token=t",
                "x-cos-security-token=t",
                "q-signature=s",
                "x-oss-expires=1",
                "x-oss-access-key-id=i",
                "x-oss-additional-headers=host",
                "security-token=t",
                "x-oss-security-token=t",
                "x-oss-signature=s",
                "Signature=s",
                "policy=e30="
            })
    void aFormWithOnePartIsNoneEither(String field) {
        String[] parts = field.split("=", 2);
        assertAllowed(form(List.of(new Field("key", "a")), Headers.NONE, ""));
        refused(form(List.of(new Field("key", "a"), new Field(parts[0], parts[1])), Headers.NONE, ""));
    }

    @Test
    void refusesAFormWithASignatureInItsHeaderOrUrl() {
        List<Field> fields = List.of(new Field("key", "a"));
        for (String authorization : List.of("OSS id:signature", "AWS id:signature", "Bearer token")) {
            refused(form(fields, Headers.NONE.and("Authorization", authorization), ""));
        }
        refused(form(fields, Headers.NONE, "?OSSAccessKeyId=i&Expires=1&Signature=s"));
        refused(form(fields, Headers.NONE, "?x-oss-expires=1"));
        refused(form(fields, Headers.NONE.and("x-oss-security-token", "t"), ""));
    }

    private static VerifyRequest form(List<Field> fields, Headers more, String query) {
        VerifyRequest request = ClientRequest.of(HttpMethod.POST, SampleRegistry.WRITABLE, "")
                .header("Content-Type", "multipart/form-data; boundary=x")
                .anonymous();
        Headers headers = request.headers();
        for (var field : more.fields()) {
            headers = headers.and(field.name(), field.value());
        }
        VerifyRequest sent = VerifyRequests.headers(VerifyRequests.url(request, request.url() + query), headers);
        return VerifyRequests.posting(sent, new SubmittedForm(fields, OptionalLong.of(1)));
    }
}
