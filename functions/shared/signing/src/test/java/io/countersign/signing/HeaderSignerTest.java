package io.countersign.signing;

import static io.countersign.signing.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.oss.Headers;
import io.countersign.oss.HttpMethod;
import io.countersign.oss.OssError;
import io.countersign.oss.OssRefusal;
import io.countersign.oss.QueryParameters;
import io.countersign.oss.Target;
import io.countersign.signing.request.HeaderSigner;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HeaderSignerTest {
    private static final AccessKey KEY = new AccessKey("ak", Secret.of("sk"));
    private static final Instant NOW = Instant.parse("2026-11-22T02:52:36.789Z");

    private final HeaderSigner signer = new HeaderSigner(new SigningKeys(8));

    private Headers sign(SignatureVersion version, Headers headers, String... additional) throws OssRefusal {
        HeaderSigner.HeaderToSign request = new HeaderSigner.HeaderToSign(
                version,
                HttpMethod.PUT,
                Target.object("examplebucket", "k"),
                QueryParameters.NONE,
                headers,
                List.of(additional),
                Optional.of(SecurityToken.of("token")),
                "cn-hangzhou",
                CredentialScope.OSS);
        return signer.authorize(request, KEY, NOW).headers();
    }

    @Test
    void v1AddsDateTokenAndAuthorization() throws OssRefusal {
        assertThat(sign(SignatureVersion.V1, Headers.NONE).fields())
                .extracting(Headers.HeaderField::name)
                .containsExactly("date", "x-oss-security-token", "authorization");
        assertThat(sign(SignatureVersion.V1, Headers.NONE).first("date")).contains("Sun, 22 Nov 2026 02:52:36 GMT");
    }

    @Test
    void v4AddsDateTokenPayloadAndAuthorization() throws OssRefusal {
        Headers added = sign(SignatureVersion.V4, Headers.NONE);
        assertThat(added.fields())
                .extracting(Headers.HeaderField::name)
                .containsExactly("x-oss-date", "x-oss-security-token", "x-oss-content-sha256", "authorization");
        assertThat(added.first("x-oss-date")).contains("20261122T025236Z");
        assertThat(added.first("x-oss-content-sha256")).contains("UNSIGNED-PAYLOAD");
    }

    @Test
    void aDateThatIsThereIsKept() throws OssRefusal {
        Headers dated = Headers.NONE.and("x-oss-date", "20240102T030405Z");
        assertThat(sign(SignatureVersion.V4, dated).first("authorization").orElseThrow())
                .startsWith("OSS4-HMAC-SHA256 Credential=ak/20240102/cn-hangzhou/oss/aliyun_v4_request,Signature=");
        assertThat(sign(SignatureVersion.V4, dated).has("x-oss-date")).isFalse();
    }

    @Test
    void aDateThatCannotBeReadIsRefused() {
        Headers dated = Headers.NONE.and("date", "yesterday");
        assertRefused(() -> sign(SignatureVersion.V1, dated), OssError.INVALID_DATE);
        assertRefused(() -> sign(SignatureVersion.V2, dated), OssError.INVALID_DATE);
        assertRefused(() -> sign(SignatureVersion.V4, dated), OssError.INVALID_DATE);
    }

    @Test
    void onlyAdditionalHeadersThatExistAndNeedItAreListed() throws OssRefusal {
        Headers headers = Headers.NONE
                .and("Host", "h")
                .and("abc", "v")
                .and("x-oss-meta-a", "b")
                .and("content-type", "t");
        String authorization = sign(SignatureVersion.V4, headers, "Host", "x-oss-meta-a", "content-type", "absent")
                .first("authorization")
                .orElseThrow();
        assertThat(authorization).contains(",AdditionalHeaders=host,Signature=");
    }

    @Test
    void authorizationAndTokenOfTheCallerAreRefused() {
        for (SignatureVersion version : SignatureVersion.values()) {
            assertRefused(
                    () -> sign(version, Headers.NONE.and("authorization", "OSS ak:s")), OssError.INVALID_ARGUMENT);
            assertRefused(
                    () -> sign(version, Headers.NONE.and("x-oss-security-token", "t")), OssError.INVALID_ARGUMENT);
        }
    }
}
