package io.countersign.oss;

/**
 * The target of a request: the service, a bucket, or an object. Names are decoded and kept literally ({@code //},
 * {@code ..}, {@code %25}).
 */
public sealed interface Target extends Scope {
    /** The service itself: ListBuckets. */
    record Service() implements Target {}

    record Bucket(String bucket) implements Target {}

    record ObjectKey(String bucket, String key) implements Target {
        public ObjectKey {
            if (key.isEmpty()) {
                throw new IllegalArgumentException("an object key is not empty");
            }
        }
    }

    /** Returns the service. */
    static Target service() {
        return new Service();
    }

    static Target bucket(String bucket) {
        return new Bucket(bucket);
    }

    static Target object(String bucket, String key) {
        return new ObjectKey(bucket, key);
    }
}
