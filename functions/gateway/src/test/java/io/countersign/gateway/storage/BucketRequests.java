package io.countersign.gateway.storage;

import io.countersign.oss.PercentEncoding;
import java.util.List;

/** Operations on a bucket, after they were allowed. */
final class BucketRequests {
    private final ObjectStore store;

    BucketRequests(ObjectStore store) {
        this.store = store;
    }

    void serve(Exchange exchange) throws StorageError {
        switch (exchange.method()) {
            case "GET" -> exchange.xml(200, new Listing(exchange).xml(store.bucket(exchange.bucket())));
            case "POST" -> delete(exchange);
            default -> throw new StorageError(405, "MethodNotAllowed", "Not served by this storage.");
        }
    }

    /** The keys that a multi-delete names; none for other requests. */
    static List<String> keysToDelete(Exchange exchange) {
        return exchange.key().isEmpty()
                        && exchange.method().equals("POST")
                        && exchange.query().has("delete")
                ? Xml.texts(exchange.body(), "Key")
                : List.of();
    }

    private void delete(Exchange exchange) throws StorageError {
        boolean encoded = exchange.parameter("encoding-type", "").equals("url")
                || Xml.texts(exchange.body(), "EncodingType").contains("url");
        Xml xml = Xml.root("DeleteResult");
        if (encoded) {
            xml.element("EncodingType", "url");
        }
        for (String key : keysToDelete(exchange)) {
            store.bucket(exchange.bucket()).remove(key);
            xml.open("Deleted")
                    .element("Key", encoded ? PercentEncoding.encode(key) : key)
                    .close("Deleted");
        }
        exchange.xml(200, xml.end());
    }
}
