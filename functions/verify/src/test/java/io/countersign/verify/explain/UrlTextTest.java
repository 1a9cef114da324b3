package io.countersign.verify.explain;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.oss.Headers;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** URLs as they come out of shells, pages, logs and other tools: each is named for what it is, and sound ones are not suspected. */
class UrlTextTest {
    private static Optional<Explained.Cause> cause(String url, Headers headers) {
        return UrlText.cause(new SeenRequest(url, headers, Optional.empty()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "https://b.oss-cn-hangzhou.aliyuncs.com/a?OSSAccessKeyId=A | UrlCut | ends before its first &",
                "https://b.oss-cn-hangzhou.aliyuncs.com/a?Expires=1795300000 | UrlCut | \"OSSAccessKeyId\", \"Signature\"",
                "/a?x-oss-credential=A%2F20261117%2Fcn-hangzhou%2Foss%2Faliyun_v4_request | UrlCut | \"x-oss-signature\"",
                "/a?x-oss-expires=600&x-oss-date=20261117T081230Z | UrlCut | a part of it was lost",
                "/a?x-oss-signature-version=OSS2 | UrlCut | \"x-oss-access-key-id\"",
                "/a?x-oss-security-token=CAIS | UrlCut | \"x-oss-security-token\"",
                "/a?security-token=CAIS | UrlCut | \"security-token\"",
                "https://b.example/a?OSSAccessKeyId=A&amp;Expires=1&amp;Signature=S | UrlEscaped | &amp;",
                "https://b.example/a?OSSAccessKeyId=A&#38;Expires=1 | UrlEscaped | HTML",
                "https://b.example/a?OSSAccessKeyId=A\\u0026Expires=1\\u0026Signature=S | UrlEscaped | JSON",
                "https:\\/\\/b.example\\/a?OSSAccessKeyId=A&Expires=1&Signature=S | UrlEscaped | JSON",
                "https%3A%2F%2Fb.example%2Fa%3FOSSAccessKeyId%3DA | UrlEscaped | as a whole",
                "/a?OSSAccessKeyId=A%26amp%3BExpires=1 | UrlEscaped | undo that",
                "https://b.example/a?OSSAccessKeyId=A%26Expires=1%26Signature=S%253D | UrlSeparators | %26 in place of &",
                "https://b.example/a?OSSAccessKeyId=A%26Expires%3D1%26Signature%3DS | UrlSeparators | %26 in place of &",
                "https://b.example/a?OSSAccessKeyId%3DA%26Expires%3D1%26Signature%3DS | UrlSeparators | %26 in place of &",
                "/a?OSSAccessKeyId=A&Expires=1%2526Signature=S | UrlSeparators | %26 in place of &",
                "/a?x-oss-date=20261117T081230Z%26x-oss-expires=600%26x-oss-signature=a | UrlSeparators | %26 in place of &",
                "https://b.example/a?OSSAccessKeyId=A;Expires=1;Signature=S%3D | UrlSeparators | ; in place of &",
                "/a?x-oss-date=20261117T081230Z;x-oss-expires=600;x-oss-signature=a | UrlSeparators | ; in place of &",
                "/a?OSSAccessKeyId=A&Expires=1&Signature=S;security-token=T | UrlSeparators | \"security-token\"",
                "/a?OSSAccessKeyId=A&Expires=1&signature=S | ParameterCase | \"signature\"",
                "/a?ossaccesskeyid=A&expires=1&signature=S | ParameterCase | \"OSSAccessKeyId\"",
                "/a?OSSAccessKeyID=A&Expires=1&Signature=S | ParameterCase | \"OSSAccessKeyID\"",
                "/a?X-Oss-Date=20261117T081230Z&X-Oss-Expires=600&X-Oss-Signature=a | ParameterCase | \"x-oss-signature\"",
                "rtmp://b.oss-cn-hangzhou.aliyuncs.com/live/c?OSSAccessKeyId=A&Expires=1&Signature=S | Rtmp | /BUCKET/CHANNEL",
                "oss://bucket/key | UrlScheme | ossutil",
                "s3://bucket/key | UrlScheme | \"s3://\"",
                "https://b.example/a?AWSAccessKeyId=A&Expires=1&Signature=S | ForeignSignature | Amazon S3",
                "https://b.example/a?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Signature=a | ForeignSignature | Amazon S3",
                "https://b.example/a?x-goog-signature=a | ForeignSignature | Google Cloud Storage",
                "/a?OSSAccessKeyId=LTAI&Expires=1&Signature=vjby****%3D | UrlShortened | asterisks",
                "/a?OSSAccessKeyId=LTAI&Expires=1&Signature=vjby... | UrlShortened | whole URL",
            })
    void aUrlIsNamedForWhatItIs(String url, String code, String words) {
        Explained.Cause cause = cause(url, Headers.NONE).orElseThrow();
        assertThat(cause.code()).as(cause.sentence()).isEqualTo(code);
        assertThat(cause.sentence()).contains(words).endsWith(".");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "AWS4-HMAC-SHA256 Credential=A/20261117/us-east-1/s3/aws4_request,SignedHeaders=host,Signature=a",
                "AWS AKIA:signature"
            })
    void anAuthorizationOfAnotherServiceIsNamed(String authorization) {
        assertThat(cause("/a", Headers.NONE.and("authorization", authorization)).map(Explained.Cause::code))
                .contains("ForeignSignature");
    }

    /** V1 takes the token of a request that is signed in its header in the query too; what a server says of it counts. */
    @ParameterizedTest
    @ValueSource(strings = {"/a?security-token=CAIS", "/a?acl&security-token=CAIS", "/a?x-oss-security-token=CAIS"})
    void doesNotSuspectATokenInAUrlWithASignedHeader(String url) {
        Headers signed = Headers.NONE.and("Authorization", "OSS STS.abc:c2ln");
        assertThat(cause(url, signed)).isEmpty();
        ServerError unknown = new ServerError(
                "InvalidAccessKeyId",
                Optional.of("0002-00000902"),
                "The OSS Access Key Id you provided does not exist in our records.",
                Map.of("OSSAccessKeyId", "STS.abc"));
        assertThat(AnswerCauses.of(unknown, Optional.of(new SeenRequest(url, signed, Optional.empty())))
                        .code())
                .isEqualTo("UnknownAccessKey");
    }

    /** Another service's names, and texts of a parameter that only look like a separator. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/a?expires=1&signature=S",
                "/a?signature=S",
                "/a?next=https%3A%2F%2Fb.example%2Fa%3FOSSAccessKeyId%3DA%26Expires%3D1%26Signature%3DS",
                "/a?prefix=a;b=c%26d%3De",
                "/a?x-oss-signature-version=OSS2&x-oss-expires=1&x-oss-access-key-id=A&x-oss-signature=S&signature=b",
                "/a?OSSAccessKeyId=A&Expires=1&Signature=S&response-content-disposition=attachment;x-oss-date=1",
                "/a?OSSAccessKeyId=A&Expires=1&Signature=S&response-content-disposition=attachment;expires=1"
            })
    void doesNotSuspectASoundUrl(String url) {
        assertThat(cause(url, Headers.NONE)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/a",
                "/a?prefix=b&delimiter=%2F",
                "/a?response-content-disposition=attachment%3Bfilename%3D%22a...b%22",
                "https://b.oss-cn-hangzhou.aliyuncs.com/a***b?acl",
                "HTTPS://b.oss-cn-hangzhou.aliyuncs.com/a%2Fb%5C",
                "/a?OSSAccessKeyId=A&Expires=1&Signature=S%3D&security-token=T",
                "/a?x-oss-signature-version=OSS2&x-oss-expires=1&x-oss-access-key-id=A&x-oss-signature=S",
                "/a?x-oss-signature-version=OSS4-HMAC-SHA256&x-oss-credential=A&x-oss-date=D&x-oss-expires=1&x-oss-signature=s"
            })
    void aSoundUrlIsNotSuspected(String url) {
        assertThat(cause(url, Headers.NONE.and("authorization", "OSS A:s"))).isEmpty();
    }
}
