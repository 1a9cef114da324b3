package io.countersign.verify.forwardauth;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.http.Reply;
import io.countersign.oss.HttpMethod;
import io.countersign.signing.SignatureVersion;
import io.countersign.verify.decide.Asked;
import io.countersign.verify.decide.TestRegistry;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProxyLimitsTest extends AbstractAuthTest {
    private static final String BUCKET = TestRegistry.PRIVATE;

    private static ProxyCall signed(Asked asked) {
        return ProxyCall.nginx(asked.signed(SignatureVersion.V4, TestRegistry.ROOT));
    }

    @Test
    void aclChangesAreRefusedWithTheReason() {
        for (Asked asked : List.of(
                Asked.put(BUCKET, "").query("acl").header("x-oss-acl", "private"),
                Asked.put(BUCKET, "").query("acl"),
                Asked.put(BUCKET, "").header("x-oss-acl", "public-read"),
                Asked.put(BUCKET, "k").query("acl").header("x-oss-object-acl", "private"),
                Asked.put(BUCKET, "k").query("acl&versionId=v").header("x-oss-object-acl", "private"),
                Asked.put(BUCKET, "k").header("x-oss-object-acl", "public-read"),
                Asked.put(BUCKET, "k").header("x-oss-object-acl", "default"),
                Asked.put(BUCKET, "k")
                        .header("x-oss-copy-source", "/private-bucket/s")
                        .header("x-oss-object-acl", "private"),
                Asked.of(HttpMethod.POST, BUCKET, "k").query("uploads").header("x-oss-object-acl", "private"),
                Asked.of(HttpMethod.POST, BUCKET, "k").query("uploadId=u").header("x-oss-object-acl", "private"))) {
            Reply reply = assertRefused(signed(asked), 403, "AccessDenied");
            assertThat(reply.body().utf8()).contains("ACLs are not changed through this endpoint");
        }
    }

    @Test
    void readingAnAclPasses() {
        assertAllowed(signed(Asked.get(BUCKET, "").query("acl")));
        assertAllowed(signed(Asked.get(BUCKET, "k").query("acl")));
    }

    @Test
    void aFormIsRefusedWithTheReason() {
        Asked form = Asked.of(HttpMethod.POST, TestRegistry.WRITABLE, "")
                .header("Content-Type", "multipart/form-data; boundary=x");
        Reply reply = assertRefused(ProxyCall.nginx(form.anonymous()), 405, "MethodNotAllowed");
        assertThat(reply.body().utf8()).contains("A POST upload carries its policy in the body");
    }
}
