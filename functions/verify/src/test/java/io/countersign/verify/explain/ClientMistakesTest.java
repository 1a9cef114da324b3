package io.countersign.verify.explain;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.oss.BaseDomains;
import io.countersign.oss.Headers;
import io.countersign.oss.OssRefusal;
import io.countersign.oss.OssRequest;
import io.countersign.oss.RequestParser;
import io.countersign.signing.RequestCredentials;
import io.countersign.signing.Secret;
import io.countersign.signing.request.CredentialsParser;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How much is tried for one request at most. */
class ClientMistakesTest {
    private static final String V1 = "OSS LTAI5t:AAAA";
    private static final String V4 =
            "OSS4-HMAC-SHA256 Credential=LTAI5t/20261122/oss-cn-hangzhou-internal/oss/aliyun_v4_request,AdditionalHeaders=host,Signature=AA";

    private static OssRequest everything(String authorization) throws OssRefusal {
        StringBuilder query = new StringBuilder("callback=a+b&callback-var=a+b&x-oss-process=(/)");
        Headers headers = Headers.NONE
                .and("authorization", authorization)
                .and("content-type", "Image/JPEG; charset=x")
                .and("content-md5", "+")
                .and("date", "Sun, 22 Nov 2026 03:00:00 GMT")
                .and("x-oss-date", "20261122T030000Z")
                .and("x-oss-security-token", "token")
                .and("x-oss-callback", "a")
                .and("x-oss-callback-var", "a");
        for (int i = 0; i < 50; i++) {
            query.append("&x-oss-p").append(i).append("=a+b");
            headers = headers.and("x-oss-meta-" + i, "\u00c3\u00a9%41");
        }
        return RequestParser.parse(
                "PUT",
                "http://examplebucket.oss-cn-hangzhou.aliyuncs.com/examplebucket//a%2520+b(%C3%A9)~/?" + query,
                headers,
                BaseDomains.DEFAULT,
                host -> Optional.empty());
    }

    @ParameterizedTest
    @ValueSource(strings = {V1, V4})
    void aRequestThatMayHaveBeenMadeByEveryMistakeIsTriedToTheEnd(String authorization) throws OssRefusal {
        OssRequest request = everything(authorization);
        MismatchedRequest failed = new MismatchedRequest(
                request, (RequestCredentials.Signed) CredentialsParser.parse(request), Secret.of(" secret "));
        List<ClientMistakes.Candidate> tried = ClientMistakes.candidates(failed).toList();
        assertThat(tried).hasSizeBetween(100, ClientMistakes.MAX_ATTEMPTS);
        assertThat(tried.stream().map(variation -> variation.cause().code()))
                .contains(
                        "SignatureText",
                        "ContentType",
                        "SecretCopied",
                        "TokenNotSigned",
                        "HeaderNotSigned",
                        "LineEnds");
        assertThat(tried)
                .allSatisfy(variation -> assertThat(variation.cause().sentence())
                        .doesNotContain(" secret \"", "token\"")
                        .endsWith("."));
    }
}
