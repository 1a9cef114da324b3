package io.countersign.gateway.storage;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;

/**
 * An object as it lies in the storage.
 *
 * @param headers what GET and HEAD give back: its type and its own meta data, by lower-case name
 */
record StoredObject(byte[] content, String etag, Map<String, String> headers, Instant modified) {
    StoredObject {
        headers = Map.copyOf(headers);
    }

    static StoredObject of(byte[] content, Map<String, String> headers) {
        return new StoredObject(content, md5(content), headers, Instant.now());
    }

    static String md5(byte[] content) {
        try {
            byte[] digest = MessageDigest.getInstance("MD5").digest(content);
            return HexFormat.of().withUpperCase().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
