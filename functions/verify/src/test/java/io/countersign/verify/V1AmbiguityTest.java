package io.countersign.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.oss.BaseDomains;
import io.countersign.oss.DomainBinding;
import io.countersign.oss.Headers;
import io.countersign.oss.OssRefusal;
import io.countersign.oss.OssRequest;
import io.countersign.oss.RequestParser;
import io.countersign.signing.AccessKey;
import io.countersign.signing.CanonicalForm;
import io.countersign.signing.Presented;
import io.countersign.signing.Secret;
import io.countersign.signing.SignatureCheck;
import io.countersign.signing.SignatureVerifier;
import io.countersign.signing.SignatureVersion;
import io.countersign.signing.SigningKeys;
import io.countersign.signing.v1.V1;
import org.junit.jupiter.api.Test;

/** The two examples of protocol.md 1.5. Countersign's signers refuse to make such signatures, so the string to sign is taken from a refusal, as a client would. */
class V1AmbiguityTest extends AbstractVerifierTest {
    private static final String DATE = "Sun, 22 Nov 2026 03:00:00 GMT";

    private static VerifyRequest signedV1(String url, AccessKey key) {
        Headers headers = Headers.NONE.and("Date", DATE);
        try {
            Headers unproven = headers.and("Authorization", "OSS " + key.id() + ":c2lnbmF0dXJl");
            OssRequest request = RequestParser.parse("GET", url, unproven, BaseDomains.DEFAULT, DomainBinding.NONE);
            Presented.Signed presented = (Presented.Signed) Presented.parse(request);
            SignatureCheck check = new SignatureVerifier(new SigningKeys(1)).check(presented, request, Secret.of("x"));
            CanonicalForm form = ((SignatureCheck.Mismatch) check).form();
            String signature = V1.signature(key.secret(), form.stringToSign());
            return Requests.of("GET", url, headers.and("Authorization", "OSS " + key.id() + ":" + signature));
        } catch (OssRefusal e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aKeyWithAQuestionMarkIsJudgedAsTheSubResourceToo() {
        String url = "http://localhost/private-bucket/a%3Facl";
        VerifyAnswer owner = assertAllowed(signedV1(url, TestRegistry.ROOT));
        assertThat(owner.trace().getLast().step()).isEqualTo("readings");
        AnswerError error = assertRefused(signedV1(url, TestRegistry.USER), 403, "AccessDenied");
        assertThat(error.message()).contains("sign with V4");
        assertAllowed(Asked.get(TestRegistry.PRIVATE, "a?acl").signed(SignatureVersion.V4, TestRegistry.USER));
    }

    @Test
    void theSubResourceItselfNeedsItsOwnRight() {
        assertRefused(signedV1("http://localhost/private-bucket/a?acl", TestRegistry.USER), 403, "AccessDenied");
    }

    @Test
    void aValueWithAnAmpersandIsJudgedAsTwoParametersToo() {
        String path = "http://localhost/private-bucket/team/a";
        String open = path + "?response-content-disposition=x%26x-oss-process%3Dimage/info";
        assertAllowed(signedV1(open, TestRegistry.USER));
        String saving = path + "?response-content-disposition=x%26x-oss-process%3Dsys/saveas%2Co_b3RoZXI";
        assertRefused(signedV1(saving, TestRegistry.USER), 403, "AccessDenied");
        assertAllowed(signedV1(saving, TestRegistry.ROOT));
    }

    @Test
    void tooManyReadingsAreRefused() {
        String url = "http://localhost/private-bucket/team/a" + "%3Fx-oss-a%3D".repeat(20);
        AnswerError error = assertRefused(signedV1(url, TestRegistry.ROOT), 400, "InvalidArgument");
        assertThat(error.message()).contains("too many");
    }
}
