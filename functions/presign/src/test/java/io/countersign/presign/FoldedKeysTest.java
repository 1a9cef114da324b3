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
import io.countersign.registry.Upstream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys that the store port refuses in front of S3, at {@code /presign} and {@code /post-policy}. */
class FoldedKeysTest {
    private static final String COPY = "\"method\":\"PUT\",\"headers\":{\"x-oss-copy-source\":\"/archive/a//b\"}";
    private static final TestRegistry FOLDING = behind(Upstream.Protocol.S3, false);
    private static final TestRegistry FLAT = behind(Upstream.Protocol.S3, true);
    private static final TestRegistry OSS = behind(Upstream.Protocol.OSS, false);

    private static TestRegistry behind(Upstream.Protocol protocol, boolean flatNamespace) {
        return TestRegistry.with(
                        TestRegistry.policy("Allow", "oss:*", "*"),
                        TestRegistry.policy("Deny", "oss:*", "acs:oss:*:*:examplebucket/denied/*"))
                .backedBucket("examplebucket", protocol, flatNamespace)
                .backedBucket("archive", protocol, flatNamespace)
                .signer(PresignCalls.KEY_ID, PresignCalls.SECRET, KeyStatus.ACTIVE);
    }

    private static Reply presign(TestRegistry registry, String body) {
        return PresignCalls.function(registry, PresignSettings.DEFAULT).handle(call(body), NOW);
    }

    private static void isRefused(Reply reply) {
        assertThat(reply.status()).as(reply.body().utf8()).isEqualTo(403);
        assertThat(text(json(reply), "code")).isEqualTo("KeyNotSignable");
        assertThat(text(json(reply), "detail")).contains("neither begins nor ends with a slash", "flatNamespace: true");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a//b", "a/", "a/b/"})
    void areNotSigned(String key) {
        String asked = body("\"key\":\"" + key + "\"");
        isRefused(presign(FOLDING, asked));
        isRefused(Form.reply(FOLDING, asked));
        for (TestRegistry kept : new TestRegistry[] {FLAT, OSS, PresignCalls.registry()}) {
            assertThat(presign(kept, asked).status()).isEqualTo(200);
            assertThat(Form.reply(kept, asked).status()).isEqualTo(200);
        }
        assertThat(presign(FOLDING, body("\"key\":\"a/b\"")).status()).isEqualTo(200);
    }

    @Test
    void inABatchTheOthersAreSigned() {
        Reply batch = presign(FOLDING, "{\"requests\":[" + body("\"key\":\"a//b\"") + "," + body() + "]}");
        assertThat(text(results(batch).getFirst(), "error.code")).isEqualTo("KeyNotSignable");
        assertThat(text(results(batch).getLast(), "url")).contains("OSS4-HMAC-SHA256");
    }

    @Test
    void norWhereTheSourceOfACopyIsOne() {
        isRefused(presign(FOLDING, body(COPY)));
        assertThat(presign(OSS, body(COPY)).status()).isEqualTo(200);
    }

    @Test
    void aFormsPrefixEndsInASlash() {
        String places = "{\"bucket\":\"examplebucket\",\"keyPrefix\":\"%s\"}";
        assertThat(Form.reply(FOLDING, places.formatted("a/b/")).status()).isEqualTo(200);
        isRefused(Form.reply(FOLDING, places.formatted("a//b/")));
        isRefused(Form.reply(FOLDING, places.formatted("a//")));
        assertThat(Form.reply(OSS, places.formatted("a//b/")).status()).isEqualTo(200);
    }

    /** Who may not write the key learns nothing of the store. */
    @Test
    void aRefusalOfThePoliciesComesFirst() {
        assertThat(text(json(presign(FOLDING, body("\"key\":\"denied/a//b\""))), "code"))
                .isEqualTo("AccessDenied");
    }
}
