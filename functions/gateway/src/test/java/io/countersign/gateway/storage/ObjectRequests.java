package io.countersign.gateway.storage;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Operations on an object, after they were allowed. */
final class ObjectRequests {
    private static final Pattern RANGE = Pattern.compile("bytes=(\\d*)-(\\d*)");

    private final ObjectStore store;

    ObjectRequests(ObjectStore store) {
        this.store = store;
    }

    void serve(Exchange exchange) throws StorageError {
        switch (exchange.method()) {
            case "GET", "HEAD" -> get(exchange);
            case "PUT" -> {
                if (exchange.header("x-oss-copy-source").isPresent()) {
                    copy(exchange);
                } else {
                    put(exchange);
                }
            }
            case "DELETE" -> {
                store.bucket(exchange.bucket()).remove(exchange.key());
                exchange.empty(204);
            }
            default -> throw new StorageError(405, "MethodNotAllowed", "Not served by this storage.");
        }
    }

    static Exchange describe(Exchange exchange, StoredObject object) {
        return exchange.with("ETag", "\"" + object.etag() + "\"")
                .with("Last-Modified", Moments.http(object.modified()))
                .with("x-oss-hash-crc64ecma", Crc64.of(object.content()))
                .with("x-oss-object-type", "Normal")
                .with("x-oss-storage-class", "Standard");
    }

    private void get(Exchange exchange) throws StorageError {
        StoredObject object = store.followed(exchange.bucket(), exchange.key());
        describe(exchange, object).with("Accept-Ranges", "bytes");
        String eTag = "\"" + object.etag() + "\"";
        if (exchange.header("If-Match").filter(wanted -> !wanted.equals(eTag)).isPresent()) {
            throw new StorageError(412, "PreconditionFailed", "At least one of the pre-conditions did not hold.");
        }
        if (exchange.header("If-None-Match").filter(eTag::equals).isPresent()) {
            exchange.empty(304);
            return;
        }
        object.headers().forEach(exchange::with);
        String type =
                exchange.parameter("response-content-type", object.headers().get("content-type"));
        Optional<byte[]> range = range(exchange, object.content());
        exchange.bytes(range.isPresent() ? 206 : 200, type, range.orElse(object.content()));
    }

    private static Optional<byte[]> range(Exchange exchange, byte[] content) {
        Matcher range = RANGE.matcher(exchange.header("Range").orElse(""));
        if (!range.matches() || range.group(1).isEmpty() && range.group(2).isEmpty()) {
            return Optional.empty();
        }
        boolean suffix = range.group(1).isEmpty();
        int from = suffix
                ? Math.max(0, content.length - Integer.parseInt(range.group(2)))
                : Integer.parseInt(range.group(1));
        int to = suffix || range.group(2).isEmpty()
                ? content.length - 1
                : Math.min(Integer.parseInt(range.group(2)), content.length - 1);
        if (from > to) {
            return Optional.empty();
        }
        exchange.with("Content-Range", "bytes " + from + "-" + to + "/" + content.length);
        return Optional.of(Arrays.copyOfRange(content, from, to + 1));
    }

    private void put(Exchange exchange) throws StorageError {
        StoredObject object = StoredObject.of(exchange.body(), exchange.objectHeaders());
        store.bucket(exchange.bucket()).put(exchange.key(), object);
        describe(exchange, object).empty(200);
    }

    private void copy(Exchange exchange) throws StorageError {
        StoredObject source = store.copySource(exchange);
        StoredObject object = StoredObject.of(source.content(), source.headers());
        store.bucket(exchange.bucket()).put(exchange.key(), object);
        exchange.xml(200, copied("CopyObjectResult", object));
    }

    static String copied(String root, StoredObject object) {
        return Xml.root(root)
                .element("LastModified", Moments.iso(object.modified()))
                .element("ETag", "\"" + object.etag() + "\"")
                .end();
    }
}
