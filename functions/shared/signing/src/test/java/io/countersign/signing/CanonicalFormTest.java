package io.countersign.signing;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.oss.Headers;
import io.countersign.oss.HttpMethod;
import io.countersign.oss.OssRefusal;
import io.countersign.oss.OssRequest;
import io.countersign.oss.PercentEncoding;
import io.countersign.oss.QueryParameters;
import io.countersign.oss.Target;
import io.countersign.signing.Cases.Case;
import io.countersign.signing.request.CredentialsParser;
import io.countersign.signing.request.HeaderSigner;
import io.countersign.signing.request.SignatureVerifier;
import io.countersign.signing.request.UrlSigner;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** No stage that is shown to anybody holds a security token. */
class CanonicalFormTest {
    private static final String TOKEN = "CAISrAJ1q6Ft5B2yfSjIr5fkGN+/=secret";
    private static final SecurityToken SECURITY_TOKEN = SecurityToken.of(TOKEN);

    private final SigningKeys keys = new SigningKeys(8);

    @Provide
    Arbitrary<Case> requests() {
        return Cases.requests();
    }

    @Property
    void neverShowsATokenOfAUrl(@ForAll("requests") Case request, @ForAll SignatureVersion version) throws OssRefusal {
        Assume.that(version != SignatureVersion.V1 || !request.isAmbiguousInV1());
        UrlSigner.UrlToSign toSign = new UrlSigner.UrlToSign(
                version,
                request.method(),
                request.target(),
                request.parameters(),
                request.headerLines(),
                Duration.ofHours(1),
                Optional.of(SECURITY_TOKEN),
                "cn-hangzhou");
        UrlSigner.SignedUrl signed = new UrlSigner(keys).sign(toSign, request.accessKey(), request.moment());
        assertHidden(signed.form());
        assertHidden(
                mismatch(Vectors.request(request.method(), request.target(), signed.query(), request.headerLines())));
    }

    @Property
    void neverShowsATokenOfAHeader(@ForAll("requests") Case request, @ForAll SignatureVersion version)
            throws OssRefusal {
        Assume.that(version != SignatureVersion.V1 || !request.isAmbiguousInV1());
        HeaderSigner.HeaderToSign toSign = new HeaderSigner.HeaderToSign(
                version,
                request.method(),
                request.target(),
                request.parameters(),
                request.headerLines(),
                List.of(),
                Optional.of(SECURITY_TOKEN),
                "cn-hangzhou",
                CredentialScope.OSS);
        HeaderSigner.SignedHeaders signed =
                new HeaderSigner(keys).authorize(toSign, request.accessKey(), request.moment());
        assertHidden(signed.form());
        Headers all = request.headerLines();
        for (Headers.HeaderField field : signed.headers().fields()) {
            all = all.and(field.name(), field.value());
        }
        QueryParameters query = request.parameters();
        assertHidden(mismatch(Vectors.request(request.method(), request.target(), query, all)));
    }

    /** An additional header may name the header that V1's clients put their token in. */
    @Test
    void neverShowsATokenInAnotherVersionsHeader() throws OssRefusal {
        OssRequest request = Vectors.request(
                HttpMethod.GET,
                Target.service(),
                QueryParameters.NONE,
                Headers.NONE
                        .and(
                                "authorization",
                                "OSS4-HMAC-SHA256 Credential=ak/20261122/r/oss/aliyun_v4_request,"
                                        + "AdditionalHeaders=security-token,Signature=a")
                        .and("x-oss-date", "20261122T000000Z")
                        .and("security-token", TOKEN));
        assertHidden(mismatch(request));
    }

    private CanonicalForm mismatch(OssRequest request) throws OssRefusal {
        RequestCredentials.Signed presented = (RequestCredentials.Signed) CredentialsParser.parse(request);
        SignatureCheck check = new SignatureVerifier(keys).check(presented, request, Secret.of("another"));
        assertThat(check.toString()).doesNotContain(TOKEN);
        return ((SignatureCheck.Mismatch) check).form();
    }

    private static void assertHidden(CanonicalForm form) {
        String all = form.canonicalRequest().orElse("") + form.stringToSign();
        assertThat(all)
                .contains(SECURITY_TOKEN.fingerprint())
                .doesNotContain(TOKEN)
                .doesNotContain(PercentEncoding.encode(TOKEN))
                .doesNotContain("secret");
    }
}
