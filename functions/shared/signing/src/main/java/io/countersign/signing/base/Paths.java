package io.countersign.signing.base;

import io.countersign.oss.Target;

/** The path in strings to sign, which is the same for every addressing style (docs/protocol.md 1.2). */
public final class Paths {
    private Paths() {}

    /** {@code /}, {@code /bucket/} or {@code /bucket/key}, decoded. */
    public static String of(Target target) {
        return switch (target) {
            case Target.Service service -> "/";
            case Target.Bucket bucket -> "/" + bucket.bucket() + "/";
            case Target.ObjectKey object -> "/" + object.bucket() + "/" + object.key();
        };
    }
}
