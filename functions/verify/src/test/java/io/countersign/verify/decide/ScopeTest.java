package io.countersign.verify.decide;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.oss.Headers;
import io.countersign.signing.SignatureVersion;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScopeTest extends AbstractVerifierTest {
    private static final ClientRequest READ = ClientRequest.get(SampleRegistry.PRIVATE, "team/a");

    @ParameterizedTest
    @ValueSource(strings = {"cn-shanghai", "oss-cn-hangzhou", "cn-hangzhou-internal", "hangzhou"})
    void aBucketIsSignedForWithItsOwnRegion(String region) {
        for (VerifyRequest request : new VerifyRequest[] {
            READ.region(region).signed(SignatureVersion.V4, SampleRegistry.USER),
            READ.region(region).presigned(SignatureVersion.V4, SampleRegistry.USER, Duration.ofMinutes(1))
        }) {
            VerifyAnswer.AnswerError error = assertRefused(request, 400, "InvalidArgument", "0002-00000226");
            assertThat(error.message()).contains("\"cn-hangzhou\"");
        }
    }

    @Test
    void aNearMissSaysHowRegionsAreSpelled() {
        VerifyAnswer.AnswerError error = assertRefused(
                READ.region("oss-cn-hangzhou-internal").signed(SignatureVersion.V4, SampleRegistry.USER),
                400,
                "InvalidArgument");
        assertThat(error.message()).contains("without \"oss-\"").contains("-internal");
    }

    @Test
    void theServiceIsSignedForWithAnyRegionOfTheRegistry() {
        ClientRequest list = ClientRequest.get("", "");
        assertAllowed(list.region("cn-shanghai").signed(SignatureVersion.V4, SampleRegistry.ROOT));
        assertRefused(
                list.region("cn-beijing").signed(SignatureVersion.V4, SampleRegistry.ROOT),
                400,
                "InvalidArgument",
                "0002-00000226");
    }

    @Test
    void anotherProductIsRefused() {
        VerifyRequest request = READ.signed(SignatureVersion.V4, SampleRegistry.USER);
        String authorization = request.headers().first("authorization").orElseThrow();
        Headers changed = request.headers()
                .without("authorization")
                .and("authorization", authorization.replace("/oss/", "/oss-cloudbox/"));
        VerifyAnswer.AnswerError error =
                assertRefused(VerifyRequests.headers(request, changed), 400, "InvalidArgument", "0002-00000227");
        assertThat(error.message()).contains("\"oss\"");
    }

    @Test
    void aHostOfAnotherRegionIsAnsweredWithTheEndpoint() {
        VerifyRequest request = ClientRequest.get(SampleRegistry.READABLE, "a").anonymous();
        VerifyAnswer.AnswerError error = assertRefused(
                VerifyRequests.url(request, "https://readable-bucket.oss-cn-beijing.aliyuncs.com/a"),
                403,
                "AccessDenied");
        assertThat(error.message()).contains("specified endpoint");
        assertThat(error.details())
                .containsEntry("Bucket", "readable-bucket")
                .containsEntry("Endpoint", "oss-cn-hangzhou.aliyuncs.com");
        assertAllowed(VerifyRequests.url(request, "https://readable-bucket.oss-cn-hangzhou.aliyuncs.com/a"));
        assertAllowed(VerifyRequests.url(request, "https://readable-bucket.oss-cn-hangzhou-internal.aliyuncs.com/a"));
    }

    @Test
    void aConsistentlyWrongEndpointIsCorrectedOnceTheSignatureHeld() {
        VerifyRequest request = READ.region("cn-beijing").signed(SignatureVersion.V4, SampleRegistry.USER);
        assertRefused(
                VerifyRequests.url(request, "https://private-bucket.oss-cn-beijing.aliyuncs.com/team/a"),
                403,
                "AccessDenied");
    }

    @Test
    void aCustomDomainIsItsBucket() {
        VerifyAnswer answer = assertAllowed(VerifyRequests.url(
                ClientRequest.get(SampleRegistry.READABLE, "a").anonymous(), "http://img.example.com/a"));
        assertThat(answer.resource().orElseThrow()).endsWith(":readable-bucket/a");
    }

    @Test
    void anOriginFormTargetNeedsAHost() {
        VerifyRequest request = VerifyRequests.of("GET", "/readable-bucket/a", Headers.NONE);
        assertRefused(request, 400, "InvalidArgument");
        assertAllowed(VerifyRequests.headers(request, Headers.NONE.and("Host", "localhost:8080")));
        assertRefused(
                VerifyRequests.headers(
                        request, Headers.NONE.and("Host", "localhost").and("host", "127.0.0.1")),
                400,
                "InvalidArgument");
    }

    @Test
    void aHostThatContradictsTheUrlIsRefused() {
        VerifyRequest request = ClientRequest.get(SampleRegistry.READABLE, "a").anonymous();
        assertRefused(
                VerifyRequests.headers(request, Headers.NONE.and("Host", "img.example.com")), 400, "InvalidArgument");
    }
}
