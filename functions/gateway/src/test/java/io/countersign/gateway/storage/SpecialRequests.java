package io.countersign.gateway.storage;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Appends, links and tags, once they are allowed. */
final class SpecialRequests {
    private static final String TYPE = "x-oss-object-type";
    private static final String TARGET = "x-oss-symlink-target";
    private static final String NEXT = "x-oss-next-append-position";
    private static final String APPENDABLE = "Appendable";
    private static final String NO_TAGS =
            Xml.root("Tagging").open("TagSet").close("TagSet").end();

    private final ObjectStore store;
    private final Map<String, String> tags = new ConcurrentHashMap<>();

    SpecialRequests(ObjectStore store) {
        this.store = store;
    }

    boolean isOne(Exchange exchange) {
        return exchange.query().has("append")
                || exchange.query().has("symlink")
                || exchange.query().has("tagging");
    }

    void serve(Exchange exchange) throws StorageError {
        if (exchange.query().has("append")) {
            append(exchange);
        } else if (exchange.query().has("symlink")) {
            link(exchange);
        } else {
            tag(exchange);
        }
    }

    private void append(Exchange exchange) throws StorageError {
        StoredObject before = store.bucket(exchange.bucket()).get(exchange.key());
        byte[] content = before == null ? new byte[0] : before.content();
        if (before != null && !APPENDABLE.equals(before.headers().get(TYPE))) {
            throw new StorageError(409, "ObjectNotAppendable", "The object is not appendable.");
        }
        if (!exchange.parameter("position", "").equals(Integer.toString(content.length))) {
            exchange.with(NEXT, Integer.toString(content.length));
            throw new StorageError(409, "PositionNotEqualToLength", "Position is not equal to file length.");
        }
        ByteArrayOutputStream longer = new ByteArrayOutputStream();
        longer.writeBytes(content);
        longer.writeBytes(exchange.body());
        Map<String, String> headers = new HashMap<>(exchange.objectHeaders());
        headers.put(TYPE, APPENDABLE);
        StoredObject object = StoredObject.of(longer.toByteArray(), headers);
        store.bucket(exchange.bucket()).put(exchange.key(), object);
        ObjectRequests.describe(exchange, object)
                .with(TYPE, APPENDABLE)
                .with(NEXT, Integer.toString(object.content().length))
                .empty(200);
    }

    private void link(Exchange exchange) throws StorageError {
        if (exchange.method().equals("PUT")) {
            StoredObject link = StoredObject.of(
                    new byte[0],
                    Map.of(TYPE, "Symlink", TARGET, exchange.header(TARGET).orElseThrow()));
            store.bucket(exchange.bucket()).put(exchange.key(), link);
            exchange.with("ETag", "\"" + link.etag() + "\"").empty(200);
            return;
        }
        String target =
                store.object(exchange.bucket(), exchange.key()).headers().get(TARGET);
        if (target == null) {
            throw new StorageError(400, "NotSymlink", "The object is not symlink");
        }
        exchange.with(TARGET, target).empty(200);
    }

    private void tag(Exchange exchange) throws StorageError {
        store.object(exchange.bucket(), exchange.key());
        String name = exchange.bucket() + "/" + exchange.key();
        switch (exchange.method()) {
            case "PUT" -> {
                tags.put(name, new String(exchange.body(), StandardCharsets.UTF_8));
                exchange.empty(200);
            }
            case "GET" -> exchange.xml(200, tags.getOrDefault(name, NO_TAGS));
            case "DELETE" -> {
                tags.remove(name);
                exchange.empty(204);
            }
            default -> throw new StorageError(405, "MethodNotAllowed", "Not served by this storage.");
        }
    }
}
