package io.countersign.verify.decide;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.oss.Body;
import io.countersign.oss.HttpMethod;
import io.countersign.signing.SignatureVersion;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Rights for an unknown part of a request: a Deny applies, and no Allow is required. */
class UntoldPartsTest extends AbstractVerifierTest {
    private static String statement(String effect, String action, String resource) {
        return ("{'Effect':'" + effect + "','Principal':['*'],'Action':['" + action + "'],'Resource':['acs:oss:*:*:"
                        + resource + "']}")
                .replace('\'', '"');
    }

    private VerifyRequest signed(HttpMethod method, String bucket, String key, String query) {
        return ClientRequest.of(method, bucket, key).query(query).signed(SignatureVersion.V4, SampleRegistry.USER);
    }

    private static VerifyRequest telling(VerifyRequest r, Body.DeletedObject... deleted) {
        return VerifyRequests.telling(r, new Body(List.of(deleted), Optional.empty()));
    }

    @Test
    void appliesADenyOfVersionsToADeletionWithAnUnknownBody() {
        String bucket = registry.governed(
                "kept", statement("Allow", "oss:*", "*"), statement("Deny", "oss:DeleteObjectVersion", "*"));
        VerifyRequest delete = signed(HttpMethod.POST, bucket, "", "delete");
        assertThat(verify(delete).allowed()).isFalse();
        assertThat(verify(telling(delete, Body.DeletedObject.of("a"))).allowed())
                .isTrue();
        assertThat(verify(telling(delete, Body.DeletedObject.of("a"), new Body.DeletedObject("b", Optional.of("v"))))
                        .allowed())
                .isFalse();
    }

    @Test
    void requiresNoAllowOfVersionsForAnUnknownBody() {
        String bucket = registry.governed("plain", statement("Allow", "oss:DeleteObject", "*"));
        VerifyRequest delete =
                ClientRequest.of(HttpMethod.POST, bucket, "").query("delete").anonymous();
        assertThat(verify(delete).allowed()).isTrue();
        assertThat(verify(telling(delete, new Body.DeletedObject("b", Optional.of("v"))))
                        .allowed())
                .isFalse();
    }

    @Test
    void appliesADenyOfImmToAnUnknownProcess() {
        String bucket =
                registry.governed("images", statement("Allow", "oss:*", "*"), statement("Deny", "oss:ProcessImm", "*"));
        VerifyRequest post = signed(HttpMethod.POST, bucket, "k", "x-oss-process");
        assertThat(verify(post).allowed()).isFalse();
        assertThat(verify(VerifyRequests.processing(post, "image/resize,w_1|sys/saveas,o_YQ"))
                        .allowed())
                .isTrue();
        assertThat(verify(VerifyRequests.processing(post, "image/faces|sys/saveas,o_YQ"))
                        .allowed())
                .isFalse();
        assertThat(verify(signed(HttpMethod.GET, bucket, "k", "x-oss-process=doc%2Fpreview"))
                        .allowed())
                .isFalse();
    }

    @Test
    void requiresTheRightToReadEverySourceOfAProcess() {
        String bucket = registry.governed(
                "closed", statement("Allow", "oss:*", "*"), statement("Deny", "oss:GetObject", "*/secret/*"));
        VerifyRequest post = signed(HttpMethod.POST, bucket, "k", "x-oss-process");
        assertThat(verify(post).allowed()).isFalse();
        assertThat(verify(VerifyRequests.processing(post, "video/concat,pre_c2VjcmV0L2E|sys/saveas,o_YQ"))
                        .allowed())
                .isFalse();
        assertThat(verify(VerifyRequests.processing(post, "video/concat,pre_b3Blbg|sys/saveas,o_YQ"))
                        .allowed())
                .isTrue();
        String watermark = "x-oss-process=image%2Fwatermark%2Cimage_c2VjcmV0L2E";
        assertThat(verify(signed(HttpMethod.GET, bucket, "k", watermark)).allowed())
                .isFalse();
    }
}
