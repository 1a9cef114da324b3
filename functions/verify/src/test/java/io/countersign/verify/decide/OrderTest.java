package io.countersign.verify.decide;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.signing.AccessKey;
import io.countersign.signing.Secret;
import io.countersign.signing.SignatureVersion;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Each request has two faults or more; the first in the order is the answer. */
class OrderTest extends AbstractVerifierTest {
    private static final AccessKey WRONG = new AccessKey(SampleRegistry.USER.id(), Secret.of("another secret"));
    private static final AccessKey SESSION = new AccessKey("STS.abc", Secret.of("secret"));

    private static ClientRequest old(ClientRequest asked) {
        return asked.date(SampleRegistry.NOW.minus(Duration.ofHours(1)));
    }

    private static final ClientRequest NOWHERE = ClientRequest.get("no-such-bucket", "k");

    @Test
    void formatComesBeforeDate() {
        VerifyRequest request = old(NOWHERE).header("x-oss-object-acl", "open").signed(SignatureVersion.V4, WRONG);
        assertRefused(request, 400, "InvalidArgument");
    }

    @Test
    void dateComesBeforeKey() {
        VerifyAnswer.AnswerError error = assertRefused(
                old(NOWHERE).signed(SignatureVersion.V1, SampleRegistry.UNKNOWN),
                403,
                "RequestTimeTooSkewed",
                "0002-00000504");
        assertThat(error.details())
                .containsEntry("MaxAllowedSkewMilliseconds", "900000")
                .containsEntry("RequestTime", "2026-11-22T02:00:00.000Z")
                .containsEntry("ServerTime", "2026-11-22T03:00:00.000Z");
    }

    @Test
    void expiryComesBeforeKey() {
        for (SignatureVersion version : SignatureVersion.values()) {
            VerifyAnswer.AnswerError error = assertRefused(
                    old(NOWHERE).presigned(version, SampleRegistry.UNKNOWN, Duration.ofMinutes(5)),
                    403,
                    "AccessDenied",
                    "0002-00000069");
            assertThat(error.message()).isEqualTo("Request has expired.");
        }
    }

    @Test
    void anExpiredRequestCostsNoRead() {
        verify(NOWHERE.anonymous());
        int before = registry.store.reads();
        verify(old(NOWHERE).signed(SignatureVersion.V4, SampleRegistry.UNKNOWN));
        assertThat(registry.store.reads()).isEqualTo(before);
    }

    @Test
    void keyComesBeforeTokenAndSignature() {
        assertRefused(
                NOWHERE.token("t").signed(SignatureVersion.V4, SampleRegistry.UNKNOWN), 403, "InvalidAccessKeyId");
        AccessKey inactive = new AccessKey(SampleRegistry.INACTIVE.id(), Secret.of("another secret"));
        assertRefused(NOWHERE.token("t").signed(SignatureVersion.V4, inactive), 403, "InvalidAccessKeyId");
    }

    @Test
    void tokenComesBeforeSignature() {
        assertRefused(NOWHERE.token("t").signed(SignatureVersion.V4, WRONG), 403, "SecurityTokenNotSupported");
        assertRefused(NOWHERE.token("t").signed(SignatureVersion.V4, SESSION), 403, "InvalidSecurityToken");
    }

    @Test
    void signatureComesBeforeBucket() {
        assertRefused(NOWHERE.signed(SignatureVersion.V4, WRONG), 403, "SignatureDoesNotMatch");
        assertRefused(NOWHERE.query("acl&uploads").signed(SignatureVersion.V4, WRONG), 403, "SignatureDoesNotMatch");
    }

    @Test
    void bucketComesBeforeAuthorisation() {
        VerifyAnswer.AnswerError error = assertRefused(
                NOWHERE.signed(SignatureVersion.V4, SampleRegistry.USER), 404, "NoSuchBucket", "0015-00000101");
        assertThat(error.details()).containsEntry("BucketName", "no-such-bucket");
        assertRefused(NOWHERE.anonymous(), 404, "NoSuchBucket");
        assertRefused(NOWHERE.query("acl&uploads").anonymous(), 404, "NoSuchBucket");
    }

    @Test
    void anOperationThatOssLacksIsRefusedAtTheEnd() {
        VerifyAnswer.AnswerError error = assertRefused(
                ClientRequest.get(SampleRegistry.PRIVATE, "k")
                        .query("acl&uploads")
                        .signed(SignatureVersion.V4, SampleRegistry.ROOT),
                405,
                "MethodNotAllowed");
        assertThat(error.message()).contains("No operation");
        assertRefused(
                VerifyRequests.method(
                        ClientRequest.get(SampleRegistry.READABLE, "k").anonymous(), "PATCH"),
                405,
                "MethodNotAllowed");
    }
}
