package io.countersign.signing.base;

import io.countersign.oss.PercentEncoding;
import io.countersign.oss.Target;

/** The path in strings to sign, which is the same for every addressing style (docs/protocol.md 1.2). */
public final class Paths {
    private Paths() {}

    /** {@code /}, {@code /bucket/} or {@code /bucket/key}, decoded. */
    public static String of(Target target) {
        return ReusedText.string(text -> append(target, text));
    }

    /** Appends {@link #of}. */
    public static void append(Target target, StringBuilder text) {
        text.append('/');
        switch (target) {
            case Target.Service service -> {}
            case Target.Bucket bucket -> text.append(bucket.bucket()).append('/');
            case Target.ObjectKey object ->
                text.append(object.bucket()).append('/').append(object.key());
        }
    }

    /** Appends {@link #of} with everything but slashes and unreserved characters encoded. */
    public static void appendEncoded(Target target, StringBuilder text) {
        switch (target) {
            case Target.Service service -> text.append('/');
            case Target.Bucket bucket -> appendBucket(bucket.bucket(), text);
            case Target.ObjectKey object -> {
                appendBucket(object.bucket(), text);
                PercentEncoding.encodePath(object.key(), text);
            }
        }
    }

    private static void appendBucket(String bucket, StringBuilder text) {
        PercentEncoding.encodePath(bucket, text.append('/'));
        text.append('/');
    }
}
