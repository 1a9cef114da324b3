package io.countersign.verify.decide;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.oss.HttpMethod;
import io.countersign.registry.SignatureFloor;
import io.countersign.signing.SignatureVersion;
import io.countersign.signing.post.PostSignature;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A bucket's minimumSignatureVersion. */
class SignatureFloorTest extends AbstractVerifierTest {
    private static final Duration HOUR = Duration.ofHours(1);

    private final String always = registry.floored("always", floor(Optional.empty()));
    private final String since = registry.floored("since", floor(Optional.of(SampleRegistry.NOW)));
    private final String later = registry.floored("later", floor(Optional.of(SampleRegistry.NOW.plusMillis(1))));

    private static SignatureFloor floor(Optional<Instant> from) {
        return new SignatureFloor(SignatureVersion.V4, from);
    }

    private void isRefused(VerifyRequest request, SignatureVersion version) {
        VerifyAnswer.AnswerError error = assertRefused(request, 403, "AccessDenied");
        assertThat(error.message()).contains("accepts only V4 signatures").contains("sign with V4");
        assertThat(error.details().toString()).contains(version.name());
        assertThat(verify(request).trace().getLast().toString()).contains("bucket");
    }

    @ParameterizedTest
    @EnumSource(names = {"V1", "V2"})
    void olderSignaturesAreRefusedInHeaderAndUrl(SignatureVersion version) {
        for (String bucket : List.of(always, since)) {
            isRefused(ClientRequest.get(bucket, "k").signed(version, SampleRegistry.ROOT), version);
            isRefused(ClientRequest.get(bucket, "k").presigned(version, SampleRegistry.ROOT, HOUR), version);
        }
        assertAllowed(ClientRequest.get(later, "k").signed(version, SampleRegistry.ROOT));
        assertAllowed(ClientRequest.get(later, "k").presigned(version, SampleRegistry.ROOT, HOUR));
    }

    @Test
    void v4AndAnonymousRequestsPass() {
        for (String bucket : List.of(always, since, later)) {
            assertAllowed(ClientRequest.get(bucket, "k").signed(SignatureVersion.V4, SampleRegistry.ROOT));
            assertAllowed(ClientRequest.get(bucket, "k").presigned(SignatureVersion.V4, SampleRegistry.ROOT, HOUR));
            assertAllowed(ClientRequest.get(bucket, "k").anonymous());
        }
    }

    @Test
    void theRefusalNamesTheDay() {
        assertThat(assertRefused(
                                ClientRequest.get(since, "k").signed(SignatureVersion.V1, SampleRegistry.ROOT),
                                403,
                                "AccessDenied")
                        .message())
                .contains("since 2026-11-22T03:00:00Z");
    }

    @Test
    void aSignatureThatDoesNotMatchIsRefusedAsSuch() {
        VerifyRequest forged = ClientRequest.get(always, "k").signed(SignatureVersion.V1, SampleRegistry.UNKNOWN);
        assertRefused(forged, 403, "InvalidAccessKeyId");
    }

    @Test
    void theSourceOfACopyCountsToo() {
        VerifyRequest copy = ClientRequest.put(SampleRegistry.PRIVATE, "k")
                .header("x-oss-copy-source", "/" + always + "/k")
                .signed(SignatureVersion.V1, SampleRegistry.ROOT);
        isRefused(copy, SignatureVersion.V1);
    }

    private VerifyRequest form(String bucket) {
        String json = "{\"expiration\":\"2026-11-22T04:00:00.000Z\",\"conditions\":[{\"bucket\":\"" + bucket
                + "\"},[\"starts-with\",\"$key\",\"\"],[\"content-length-range\",1,1024]]}";
        String policy = Base64.getEncoder().encodeToString(json.getBytes(StandardCharsets.UTF_8));
        VerifyRequest request = ClientRequest.of(HttpMethod.POST, bucket, "")
                .header("Content-Type", "multipart/form-data; boundary=x")
                .anonymous();
        return VerifyRequests.posting(
                request,
                new SubmittedForm(
                        List.of(
                                new SubmittedForm.Field("OSSAccessKeyId", SampleRegistry.ROOT.id()),
                                new SubmittedForm.Field("policy", policy),
                                new SubmittedForm.Field(
                                        "Signature", PostSignature.v1(policy, SampleRegistry.ROOT.secret())),
                                new SubmittedForm.Field("key", "a")),
                        OptionalLong.of(10)));
    }

    @Test
    void aV1FormIsRefused() {
        isRefused(form(always), SignatureVersion.V1);
        assertAllowed(form(later));
    }
}
