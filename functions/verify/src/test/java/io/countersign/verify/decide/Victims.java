package io.countersign.verify.decide;

import io.countersign.oss.HttpMethod;
import io.countersign.signing.SignatureVersion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Requests that are allowed unchanged: with every kind of signature, and with none. */
public final class Victims {
    private Victims() {}

    public static List<VerifyRequest> all() {
        List<VerifyRequest> victims = new ArrayList<>();
        for (SignatureVersion version : SignatureVersion.values()) {
            for (ClientRequest asked : asked()) {
                victims.add(asked.signed(version, SampleRegistry.ROOT));
                victims.add(asked.presigned(version, SampleRegistry.ROOT, Duration.ofMinutes(10)));
            }
            victims.add(ClientRequest.get(SampleRegistry.PRIVATE, "team/a b+c").signed(version, SampleRegistry.USER));
            victims.add(ClientRequest.put(SampleRegistry.PRIVATE, "team/\u4e2d")
                    .presigned(version, SampleRegistry.RETIRING, Duration.ofHours(1)));
        }
        victims.add(ClientRequest.get(SampleRegistry.READABLE, "a").anonymous());
        victims.add(ClientRequest.put(SampleRegistry.WRITABLE, "a/b").anonymous());
        return List.copyOf(victims);
    }

    private static List<ClientRequest> asked() {
        return List.of(
                ClientRequest.get(SampleRegistry.PRIVATE, "docs/readme.txt"),
                ClientRequest.get(SampleRegistry.PRIVATE, "a").query("response-content-type=text%2Fplain&x=1"),
                ClientRequest.get(SampleRegistry.PRIVATE, "").query("prefix=a%2F&max-keys=10&list-type=2"),
                ClientRequest.of(HttpMethod.HEAD, SampleRegistry.PRIVATE, "a"),
                ClientRequest.of(HttpMethod.DELETE, SampleRegistry.PRIVATE, "a//b"),
                ClientRequest.put(SampleRegistry.PRIVATE, "up")
                        .header("Content-Type", "text/plain")
                        .header("x-oss-meta-author", "alice"),
                ClientRequest.put(SampleRegistry.PRIVATE, "big").query("partNumber=1&uploadId=U1"));
    }
}
