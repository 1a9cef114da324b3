package io.countersign.registry;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LiteralKeysTest {
    private static final Upstream OSS = upstream(Upstream.Protocol.OSS, false);
    private static final Upstream S3 = upstream(Upstream.Protocol.S3, false);
    private static final Upstream FLAT = upstream(Upstream.Protocol.S3, true);

    @ParameterizedTest
    @ValueSource(strings = {"a", "a/b", ".hidden", "a..b/...", "a b/c", "a\\b", "..a/b.."})
    void everyStoreKeepsOrdinaryKeys(String key) {
        for (Upstream upstream : new Upstream[] {OSS, S3, FLAT}) {
            assertThat(LiteralKeys.keeps(upstream, key)).isTrue();
            assertThat(LiteralKeys.keepsPrefix(upstream, key)).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a//b", "/a", "//", "/", "./a", "a/./b", "a/../b", "..", ".", "a/.."})
    void onlyOneThatSpeaksS3FoldsKeys(String key) {
        assertThat(LiteralKeys.keeps(S3, key)).isFalse();
        assertThat(LiteralKeys.keepsPrefix(S3, key)).isFalse();
        for (Upstream upstream : new Upstream[] {OSS, FLAT}) {
            assertThat(LiteralKeys.keeps(upstream, key)).isTrue();
            assertThat(LiteralKeys.keepsPrefix(upstream, key)).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a/", "a/b/"})
    void aPrefixEndsAnywhere(String prefix) {
        assertThat(LiteralKeys.keepsPrefix(S3, prefix)).isTrue();
        assertThat(LiteralKeys.keeps(S3, prefix)).isEqualTo(prefix.isEmpty());
        assertThat(LiteralKeys.keeps(OSS, prefix)).isTrue();
        assertThat(LiteralKeys.keeps(FLAT, prefix)).isTrue();
    }

    private static Upstream upstream(Upstream.Protocol protocol, boolean flatNamespace) {
        return new Upstream(
                protocol,
                new Upstream.Endpoint(true, "store.example.com", 443),
                "us-east-1",
                "physical",
                true,
                flatNamespace,
                new Upstream.Signer.User("app"));
    }
}
