package io.countersign.gateway.storage;

import io.countersign.oss.EncodedText;
import io.countersign.oss.OssRefusal;
import io.countersign.oss.PercentEncoding;
import java.util.Map;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** Buckets and their objects, in memory. */
final class ObjectStore {
    private final Map<String, NavigableMap<String, StoredObject>> buckets = new ConcurrentHashMap<>();

    /** Makes the bucket where there is none. */
    void make(String bucket) {
        buckets.putIfAbsent(bucket, new ConcurrentSkipListMap<>());
    }

    NavigableMap<String, StoredObject> bucket(String name) throws StorageError {
        NavigableMap<String, StoredObject> bucket = buckets.get(name);
        if (bucket == null) {
            throw new StorageError(404, "NoSuchBucket", "The specified bucket does not exist.");
        }
        return bucket;
    }

    StoredObject object(String bucket, String key) throws StorageError {
        StoredObject object = bucket(bucket).get(key);
        if (object == null) {
            throw new StorageError(404, "NoSuchKey", "The specified key does not exist.");
        }
        return object;
    }

    /** The object that a link leads to, or the object itself. */
    StoredObject followed(String bucket, String key) throws StorageError {
        StoredObject object = object(bucket, key);
        String target = object.headers().get("x-oss-symlink-target");
        if (target == null) {
            return object;
        }
        try {
            return object(bucket, PercentEncoding.decode(target, EncodedText.URL));
        } catch (OssRefusal e) {
            throw new StorageError(400, "InvalidArgument", e.text());
        }
    }

    /** The object that {@code x-oss-copy-source} names. */
    StoredObject copySource(Exchange exchange) throws StorageError {
        try {
            String[] parts = exchange.header("x-oss-copy-source")
                    .orElseThrow()
                    .substring(1)
                    .split("/", 2);
            return object(
                    PercentEncoding.decode(parts[0], EncodedText.URL),
                    PercentEncoding.decode(parts[1], EncodedText.URL));
        } catch (OssRefusal e) {
            throw new StorageError(400, "InvalidArgument", e.text());
        }
    }
}
