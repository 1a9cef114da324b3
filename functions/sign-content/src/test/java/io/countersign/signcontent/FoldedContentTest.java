package io.countersign.signcontent;

import static io.countersign.identity.TestToken.NOW;
import static io.countersign.signcontent.SignContentCalls.ANYTHING;
import static io.countersign.signcontent.SignContentCalls.call;
import static io.countersign.signcontent.SignContentCalls.isRefused;
import static io.countersign.signcontent.SignContentCalls.v1;
import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.http.Bytes;
import io.countersign.http.Reply;
import io.countersign.identity.TestRegistry;
import io.countersign.registry.KeyStatus;
import io.countersign.registry.Upstream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys that the store port refuses in front of S3, at {@code /sign-content}. */
class FoldedContentTest {
    private static Reply signed(String content, Upstream.Protocol protocol, boolean flatNamespace) {
        TestRegistry registry = TestRegistry.with(ANYTHING)
                .backedBucket("examplebucket", protocol, flatNamespace)
                .backedBucket("archive", protocol, flatNamespace)
                .signer(SignContentCalls.KEY_ID, SignContentCalls.SECRET, KeyStatus.ACTIVE);
        return SignContentCalls.function(registry, SignContentSettings.DEFAULT)
                .handle(call("text/plain", Bytes.utf8(content), SignContentCalls.TOKEN), NOW);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/examplebucket/a//b", "/examplebucket/a/", "/examplebucket/a//b?uploads"})
    void areNotSigned(String resource) {
        String content = v1(resource.endsWith("uploads") ? "POST" : "GET", resource);
        isRefused(signed(content, Upstream.Protocol.S3, false), 403, "KeyNotSignable");
        assertThat(signed(content, Upstream.Protocol.S3, true).status()).isEqualTo(200);
        assertThat(signed(content, Upstream.Protocol.OSS, false).status()).isEqualTo(200);
        assertThat(signed(content.replace("//", "/").replace("a/\n", "a\n"), Upstream.Protocol.S3, false)
                        .status())
                .isEqualTo(resource.endsWith("/") ? 403 : 200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/archive/a//b", "/archive/a/"})
    void norWhereTheSourceOfACopyIsOne(String source) {
        String copy = "PUT\n\n\n" + SignContentCalls.DATE + "\nx-oss-copy-source:" + source + "\n/examplebucket/a";
        isRefused(signed(copy, Upstream.Protocol.S3, false), 403, "KeyNotSignable");
        assertThat(signed(copy, Upstream.Protocol.OSS, false).status()).isEqualTo(200);
    }
}
