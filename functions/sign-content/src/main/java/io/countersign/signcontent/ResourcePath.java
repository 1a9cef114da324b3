package io.countersign.signcontent;

import io.countersign.http.Refused;
import io.countersign.oss.Target;

/** The path that signatures name, decoded (protocol.md 1.2): {@code /}, {@code /bucket/} or {@code /bucket/key}. */
final class ResourcePath {
    private ResourcePath() {}

    static Target target(String path) throws Refused {
        if (path.equals("/")) {
            return Target.service();
        }
        int slash = path.indexOf('/', 1);
        if (!path.startsWith("/") || slash < 2) {
            throw ContentError.INVALID_CONTENT.because(
                    "The resource is not of the form /bucket/key; sign what the SDK builds.");
        }
        String bucket = path.substring(1, slash);
        String key = path.substring(slash + 1);
        return key.isEmpty() ? Target.bucket(bucket) : Target.object(bucket, key);
    }
}
