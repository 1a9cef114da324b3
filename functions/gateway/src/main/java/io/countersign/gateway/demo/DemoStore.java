package io.countersign.gateway.demo;

import io.countersign.json.JsonText;
import io.countersign.signing.AccessKey;
import io.countersign.signing.Secret;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;

/**
 * The store behind the demo's buckets.
 *
 * @param endpoint its URL
 * @param key of the store's own, made for this run
 */
public record DemoStore(String endpoint, AccessKey key) {
    private static final int SECRET_BYTES = 20;

    /** The physical bucket of a bucket of the demo: its clients never see this name. */
    static String physical(String bucket) {
        return "store-of-" + bucket;
    }

    /** The physical buckets. */
    public static List<String> buckets() {
        return List.of(physical(DemoManifest.Names.PRIVATE_BUCKET), physical(DemoManifest.Names.PUBLIC_BUCKET));
    }

    public static AccessKey key(SecureRandom random) {
        byte[] secret = new byte[SECRET_BYTES];
        random.nextBytes(secret);
        return new AccessKey("demostore", Secret.of(HexFormat.of().formatHex(secret)));
    }

    /** Writes a bucket's {@code upstream}. */
    void writeUpstream(String bucket, JsonText.ObjectWriter upstream) {
        upstream.put("protocol", "s3")
                .put("endpoint", endpoint)
                .put("region", S3ProxyProcess.REGION)
                .put("bucket", physical(bucket))
                .put("pathStyle", true)
                .object(
                        "accessKey",
                        json -> json.put("id", key.id())
                                .put("secret", key.secret().reveal()));
    }
}
