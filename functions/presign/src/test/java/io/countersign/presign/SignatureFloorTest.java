package io.countersign.presign;

import static io.countersign.identity.TestToken.NOW;
import static io.countersign.presign.PresignCalls.body;
import static io.countersign.presign.PresignCalls.call;
import static io.countersign.presign.PresignCalls.json;
import static io.countersign.presign.PresignCalls.results;
import static io.countersign.presign.PresignCalls.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.http.Reply;
import io.countersign.identity.TestRegistry;
import io.countersign.registry.KeyStatus;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** A bucket's minimumSignatureVersion at {@code /presign} and {@code /post-policy}. */
class SignatureFloorTest {
    private static final String V1 = body("\"version\":\"V1\"");

    private static TestRegistry from(Instant moment) {
        return TestRegistry.with(TestRegistry.policy("Allow", "oss:*", "*"))
                .flooredBucket("examplebucket", moment)
                .signer(PresignCalls.KEY_ID, PresignCalls.SECRET, KeyStatus.ACTIVE);
    }

    private static Reply presign(TestRegistry registry, String body) {
        return PresignCalls.function(registry, PresignSettings.DEFAULT).handle(call(body), NOW);
    }

    private static void isRefused(Reply reply) {
        assertThat(reply.status()).as(reply.body().utf8()).isEqualTo(403);
        assertThat(text(json(reply), "code")).isEqualTo("SignatureVersionNotSignable");
        assertThat(text(json(reply), "detail"))
                .contains("accepts only V4 signatures since")
                .contains("sign with V4");
    }

    @Test
    void v1IsNotSignedFromTheMomentOn() {
        isRefused(presign(from(NOW), V1));
        isRefused(Form.reply(from(NOW), V1));
        assertThat(presign(from(NOW), body()).status()).isEqualTo(200);
        assertThat(Form.reply(from(NOW), body()).status()).isEqualTo(200);
        Reply batch = presign(from(NOW), "{\"requests\":[" + V1 + "," + body() + "]}");
        assertThat(text(results(batch).getFirst(), "error.code")).isEqualTo("SignatureVersionNotSignable");
        assertThat(text(results(batch).getLast(), "url")).contains("OSS4-HMAC-SHA256");
    }

    /** {@code /verify} refuses such a copy, too. */
    @Test
    void neitherWhereTheSourceOfACopyAcceptsOnlyV4() {
        String copy = "\"method\":\"PUT\",\"headers\":{\"x-oss-copy-source\":\"/archive/a.png\"}";
        String v1 = body(copy, "\"version\":\"V1\"");
        TestRegistry registry = TestRegistry.with(TestRegistry.policy("Allow", "oss:*", "*"))
                .bucket("examplebucket")
                .flooredBucket("archive", NOW)
                .signer(PresignCalls.KEY_ID, PresignCalls.SECRET, KeyStatus.ACTIVE);
        isRefused(presign(registry, v1));
        Reply batch = presign(registry, "{\"requests\":[" + v1 + "]}");
        assertThat(text(results(batch).getFirst(), "error.code")).isEqualTo("SignatureVersionNotSignable");
        assertThat(presign(registry, body(copy)).status()).isEqualTo(200);
    }

    @Test
    void beforeItV1IsSignedEvenIfItWouldOutliveTheMoment() {
        assertThat(presign(from(NOW.plusSeconds(1)), V1).status()).isEqualTo(200);
        assertThat(Form.reply(from(NOW.plusSeconds(1)), V1).status()).isEqualTo(200);
    }
}
