package io.countersign.gateway.storage;

import java.time.Instant;
import java.util.List;

/** The operations of the tests on a storage, implemented by each SDK. Refusals are {@link RefusedByStorage}. */
public interface StorageClient extends AutoCloseable {
    void put(String bucket, String key, String content);

    String get(String bucket, String key);

    /** Bytes, by HEAD. */
    long size(String bucket, String key);

    /** The SDK's code for a HEAD that is refused with status 403. */
    default String refusalOfHead(String code) {
        return code;
    }

    List<String> list(String bucket, String prefix);

    /** By the second version of the listing, where the SDK has it. */
    List<String> listAgain(String bucket, String prefix);

    void copy(String sourceBucket, String sourceKey, String bucket, String key);

    /** Initiates, uploads every part, lists them, completes. */
    void putInParts(String bucket, String key, List<String> parts);

    /** Whether the SDK can make a part of an upload a copy. */
    default boolean copiesInParts() {
        return true;
    }

    /** Initiates, makes its only part a copy, completes. */
    void copyInParts(String sourceBucket, String sourceKey, String bucket, String key);

    /** Initiates and aborts. */
    void abort(String bucket, String key);

    void delete(String bucket, String key);

    void deleteAll(String bucket, List<String> keys);

    /** A GET URL of the SDK's own making. */
    String presign(String bucket, String key, Instant expiration);

    @Override
    void close();
}
