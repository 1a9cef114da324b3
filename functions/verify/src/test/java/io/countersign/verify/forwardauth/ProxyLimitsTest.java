package io.countersign.verify.forwardauth;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.http.Reply;
import io.countersign.oss.HttpMethod;
import io.countersign.signing.SignatureVersion;
import io.countersign.verify.decide.ClientRequest;
import io.countersign.verify.decide.SampleRegistry;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProxyLimitsTest extends AbstractAuthTest {
    private static final String BUCKET = SampleRegistry.PRIVATE;

    private static ProxyCall signed(ClientRequest asked) {
        return ProxyCall.nginx(asked.signed(SignatureVersion.V4, SampleRegistry.ROOT));
    }

    @Test
    void aclChangesAreRefusedWithTheReason() {
        for (ClientRequest asked : List.of(
                ClientRequest.put(BUCKET, "").query("acl").header("x-oss-acl", "private"),
                ClientRequest.put(BUCKET, "").query("acl"),
                ClientRequest.put(BUCKET, "").header("x-oss-acl", "public-read"),
                ClientRequest.put(BUCKET, "k").query("acl").header("x-oss-object-acl", "private"),
                ClientRequest.put(BUCKET, "k").query("acl&versionId=v").header("x-oss-object-acl", "private"),
                ClientRequest.put(BUCKET, "k").header("x-oss-object-acl", "public-read"),
                ClientRequest.put(BUCKET, "k").header("x-oss-object-acl", "default"),
                ClientRequest.put(BUCKET, "k")
                        .header("x-oss-copy-source", "/private-bucket/s")
                        .header("x-oss-object-acl", "private"),
                ClientRequest.of(HttpMethod.POST, BUCKET, "k").query("uploads").header("x-oss-object-acl", "private"),
                ClientRequest.of(HttpMethod.POST, BUCKET, "k")
                        .query("uploadId=u")
                        .header("x-oss-object-acl", "private"))) {
            Reply reply = assertRefused(signed(asked), 403, "AccessDenied");
            assertThat(reply.body().utf8()).contains("ACLs are not changed through this endpoint");
        }
    }

    @Test
    void readingAnAclPasses() {
        assertAllowed(signed(ClientRequest.get(BUCKET, "").query("acl")));
        assertAllowed(signed(ClientRequest.get(BUCKET, "k").query("acl")));
    }

    @Test
    void aFormIsRefusedWithTheReason() {
        ClientRequest form = ClientRequest.of(HttpMethod.POST, SampleRegistry.WRITABLE, "")
                .header("Content-Type", "multipart/form-data; boundary=x");
        Reply reply = assertRefused(ProxyCall.nginx(form.anonymous()), 405, "MethodNotAllowed");
        assertThat(reply.body().utf8()).contains("A POST upload carries its policy in the body");
    }
}
