package io.countersign.verify.decide;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.policy.PlaceTags;
import io.countersign.signing.AccessKey;
import io.countersign.signing.SignatureVersion;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The two examples of docs/protocol.md 1.5. Countersign's signers refuse to make such signatures, so the string to sign is taken from a refusal, as a client would. */
class V1AmbiguityTest extends AbstractVerifierTest {
    private static VerifyRequest signedV1(String url, AccessKey key) {
        return AnyV1.signed("GET", url, key);
    }

    @Test
    void aKeyWithAQuestionMarkIsJudgedAsTheSubResourceToo() {
        String url = "http://localhost/private-bucket/a%3Facl";
        VerifyAnswer owner = assertAllowed(signedV1(url, SampleRegistry.ROOT));
        assertThat(owner.trace().getLast().step()).isEqualTo("readings");
        VerifyAnswer.AnswerError error = assertRefused(signedV1(url, SampleRegistry.USER), 403, "AccessDenied");
        assertThat(error.message()).contains("sign with V4");
        assertAllowed(
                ClientRequest.get(SampleRegistry.PRIVATE, "a?acl").signed(SignatureVersion.V4, SampleRegistry.USER));
    }

    @Test
    void theSubResourceItselfNeedsItsOwnRight() {
        assertRefused(signedV1("http://localhost/private-bucket/a?acl", SampleRegistry.USER), 403, "AccessDenied");
    }

    @Test
    void aValueWithAnAmpersandIsJudgedAsTwoParametersToo() {
        String path = "http://localhost/private-bucket/team/a";
        String open = path + "?response-content-disposition=x%26x-oss-process%3Dimage/info";
        assertAllowed(signedV1(open, SampleRegistry.USER));
        String saving = path + "?response-content-disposition=x%26x-oss-process%3Dsys/saveas%2Co_b3RoZXI";
        assertRefused(signedV1(saving, SampleRegistry.USER), 403, "AccessDenied");
        assertAllowed(signedV1(saving, SampleRegistry.ROOT));
    }

    @ParameterizedTest
    @CsvSource({
        "POST,team/a%3Fb?uploads,oss:PutObject",
        "POST,team/a%3Fb?append&position=0,oss:PutObject",
        "POST,team/what%3F?uploadId=U,oss:PutObject",
        "POST,team/a%3Facl?uploads,oss:PutObject",
        "POST,team/a%3Fx-oss-unknown?uploads,oss:PutObject",
        "PUT,team/a%3Fx-oss-unknown=1,oss:PutObject",
        "PUT,team/a%3Fuploads,oss:PutObject",
        "PUT,team/a%3Facl%26x-oss-unknown,oss:PutObject",
        "DELETE,team/a%3Fuploads,oss:DeleteObject"
    })
    void aReadingThatIsNoOperationIsLeftOut(String method, String path, String action) {
        VerifyAnswer answer =
                assertAllowed(AnyV1.signed(method, "http://localhost/private-bucket/" + path, SampleRegistry.USER));
        assertThat(answer.action()).contains(action);
    }

    @ParameterizedTest
    @CsvSource({
        "PUT,team/a%3Facl",
        "PUT,team/a%3Ftagging",
        "DELETE,team/a%3Ftagging",
        "GET,team/a%3Facl",
        "POST,team/a%3FuploadId=U?restore"
    })
    void oneThatIsAnOperationNeedsItsOwnRight(String method, String path) {
        assertRefused(
                AnyV1.signed(method, "http://localhost/private-bucket/" + path, SampleRegistry.USER),
                403,
                "AccessDenied");
    }

    @ParameterizedTest
    @CsvSource({"GET,team/a%3Fuploads?delete", "PUT,team/a%3Facl?uploads", "POST,team/a%3Facl", "POST,team/a%3Fuploads"
    })
    void theRequestItselfMustBeAnOperation(String method, String path) {
        for (AccessKey key : List.of(SampleRegistry.USER, SampleRegistry.ROOT)) {
            assertRefused(
                    AnyV1.signed(method, "http://localhost/private-bucket/" + path, key), 405, "MethodNotAllowed");
        }
    }

    @Test
    void treatsTagsOfAnotherReadingAsUnknown() {
        String bucket = registry.governed("tagged", """
                {"Effect":"Deny","Principal":["*"],"Action":["oss:GetObjectAcl"],"Resource":["acs:oss:*:*:tagged/*"],
                 "Condition":{"StringEquals":{"oss:ExistingObjectTag/hidden":"yes"}}}""");
        Context untagged = new Context(
                new PlaceTags(PlaceTags.Tags.UNKNOWN, PlaceTags.Tags.NONE),
                PlaceTags.Tags.UNKNOWN,
                Optional.empty(),
                Optional.empty());
        VerifyRequest signed = signedV1("http://localhost/" + bucket + "/a%3Facl", SampleRegistry.ROOT);
        assertRefused(VerifyRequests.knowing(signed, untagged), 403, "AccessDenied");
        VerifyRequest plain = signedV1("http://localhost/" + bucket + "/a?acl", SampleRegistry.ROOT);
        assertAllowed(VerifyRequests.knowing(plain, untagged));
    }

    @Test
    void tooManyReadingsAreRefused() {
        String url = "http://localhost/private-bucket/team/a" + "%3Fx-oss-a%3D".repeat(20);
        VerifyAnswer.AnswerError error = assertRefused(signedV1(url, SampleRegistry.ROOT), 400, "InvalidArgument");
        assertThat(error.message()).contains("too many");
    }
}
