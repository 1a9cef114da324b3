package io.countersign.gateway.storage;

import java.io.ByteArrayOutputStream;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;

/** Multipart uploads under way. */
final class Uploads {
    private final Map<String, Upload> uploads = new ConcurrentHashMap<>();
    private final AtomicLong last = new AtomicLong();

    /** One upload and the parts it has. */
    record Upload(String bucket, String key, Map<String, String> headers, SortedMap<Integer, StoredObject> parts) {
        StoredObject joined() {
            ByteArrayOutputStream content = new ByteArrayOutputStream();
            parts.values().forEach(part -> content.writeBytes(part.content()));
            return StoredObject.of(content.toByteArray(), headers);
        }
    }

    String begin(Exchange exchange) {
        String id = "UPLOAD" + last.incrementAndGet();
        uploads.put(
                id,
                new Upload(exchange.bucket(), exchange.key(), exchange.objectHeaders(), new ConcurrentSkipListMap<>()));
        return id;
    }

    /** The upload that the request names, if it is one of its very object. */
    Upload of(Exchange exchange) throws StorageError {
        Upload upload = uploads.get(exchange.parameter("uploadId", ""));
        if (upload == null
                || !upload.bucket().equals(exchange.bucket())
                || !upload.key().equals(exchange.key())) {
            throw new StorageError(404, "NoSuchUpload", "The specified upload does not exist.");
        }
        return upload;
    }

    void end(Exchange exchange) {
        uploads.remove(exchange.parameter("uploadId", ""));
    }
}
