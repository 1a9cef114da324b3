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
import io.countersign.registry.RoleLimits;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** The limit of a role at {@code /sign-content}. */
class SignatureLimitTest {
    private final SignContentFunction function = SignContentCalls.function(
            TestRegistry.limited(
                            new RoleLimits(OptionalInt.empty(), OptionalInt.of(2)),
                            ANYTHING,
                            TestRegistry.policy("Deny", "oss:*", "acs:oss:*:*:examplebucket/secret/*"))
                    .bucket("examplebucket")
                    .signer(SignContentCalls.KEY_ID, SignContentCalls.SECRET, KeyStatus.ACTIVE),
            SignContentSettings.DEFAULT);

    @Test
    void v1IsNotSignedWhereTheBucketAcceptsOnlyV4() {
        for (int offset = 0; offset < 2; offset++) {
            SignContentFunction floored = SignContentCalls.function(
                    TestRegistry.with(ANYTHING)
                            .flooredBucket("examplebucket", NOW.plusSeconds(offset))
                            .signer(SignContentCalls.KEY_ID, SignContentCalls.SECRET, KeyStatus.ACTIVE),
                    SignContentSettings.DEFAULT);
            Reply reply = floored.handle(
                    call("text/plain", Bytes.utf8(v1("GET", "/examplebucket/a")), SignContentCalls.TOKEN), NOW);
            if (offset == 0) {
                isRefused(reply, 403, "SignatureVersionNotSignable");
            } else {
                assertThat(reply.status()).isEqualTo(200);
            }
        }
    }

    /** {@code /verify} refuses such a copy, too. */
    @Test
    void neitherWhereTheSourceOfACopyAcceptsOnlyV4() {
        SignContentFunction floored = SignContentCalls.function(
                TestRegistry.with(ANYTHING)
                        .bucket("examplebucket")
                        .flooredBucket("archive", NOW)
                        .signer(SignContentCalls.KEY_ID, SignContentCalls.SECRET, KeyStatus.ACTIVE),
                SignContentSettings.DEFAULT);
        String copy = "PUT\n\n\n" + SignContentCalls.DATE + "\nx-oss-copy-source:/%s/a\n/examplebucket/a";
        isRefused(
                floored.handle(call("text/plain", Bytes.utf8(copy.formatted("archive")), SignContentCalls.TOKEN), NOW),
                403,
                "SignatureVersionNotSignable");
        assertThat(floored.handle(
                                call("text/plain", Bytes.utf8(copy.formatted("examplebucket")), SignContentCalls.TOKEN),
                                NOW)
                        .status())
                .isEqualTo(200);
    }

    private Reply text(String content) {
        return function.handle(call("text/plain", Bytes.utf8(content), SignContentCalls.TOKEN), NOW);
    }

    @Test
    void eachSignatureCountsAndARefusalDoesNot() {
        for (int i = 0; i < 5; i++) {
            isRefused(text(v1("GET", "/examplebucket/secret/a")), 403, "AccessDenied");
            isRefused(text("nothing"), 403, "PostPolicyNotSignable");
        }
        assertThat(text(v1("GET", "/examplebucket/a")).status()).isEqualTo(200);
        // Its string is also that of another request, which is checked but not signed.
        assertThat(text(v1("GET", "/examplebucket/a?append")).status()).isNotEqualTo(500);
        assertThat(text(v1("GET", "/examplebucket/b")).status()).isEqualTo(200);
        Reply refused = text(v1("GET", "/examplebucket/c"));
        isRefused(refused, 429, "TooManyRequests");
        assertThat(refused.header("Retry-After")).contains("70");
    }
}
