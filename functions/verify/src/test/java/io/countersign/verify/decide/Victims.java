package io.countersign.verify.decide;

import io.countersign.oss.HttpMethod;
import io.countersign.signing.SignatureVersion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Requests that are allowed as they stand: by every kind of signature, and by none. */
public final class Victims {
    private Victims() {}

    public static List<VerifyRequest> all() {
        List<VerifyRequest> victims = new ArrayList<>();
        for (SignatureVersion version : SignatureVersion.values()) {
            for (Asked asked : asked()) {
                victims.add(asked.signed(version, TestRegistry.ROOT));
                victims.add(asked.presigned(version, TestRegistry.ROOT, Duration.ofMinutes(10)));
            }
            victims.add(Asked.get(TestRegistry.PRIVATE, "team/a b+c").signed(version, TestRegistry.USER));
            victims.add(Asked.put(TestRegistry.PRIVATE, "team/\u4e2d")
                    .presigned(version, TestRegistry.RETIRING, Duration.ofHours(1)));
        }
        victims.add(Asked.get(TestRegistry.READABLE, "a").anonymous());
        victims.add(Asked.put(TestRegistry.WRITABLE, "a/b").anonymous());
        return List.copyOf(victims);
    }

    private static List<Asked> asked() {
        return List.of(
                Asked.get(TestRegistry.PRIVATE, "docs/readme.txt"),
                Asked.get(TestRegistry.PRIVATE, "a").query("response-content-type=text%2Fplain&x=1"),
                Asked.get(TestRegistry.PRIVATE, "").query("prefix=a%2F&max-keys=10&list-type=2"),
                Asked.of(HttpMethod.HEAD, TestRegistry.PRIVATE, "a"),
                Asked.of(HttpMethod.DELETE, TestRegistry.PRIVATE, "a//b"),
                Asked.put(TestRegistry.PRIVATE, "up")
                        .header("Content-Type", "text/plain")
                        .header("x-oss-meta-author", "alice"),
                Asked.put(TestRegistry.PRIVATE, "big").query("partNumber=1&uploadId=U1"));
    }
}
