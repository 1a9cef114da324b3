package io.countersign.gateway.storage;

import java.util.Map;

/** A form upload, once it is allowed. */
final class FormRequests {
    private final ObjectStore store;

    FormRequests(ObjectStore store) {
        this.store = store;
    }

    void serve(Exchange exchange, FormUpload form) throws StorageError {
        String key = form.value("key", "");
        StoredObject object = StoredObject.of(form.file(), Map.of("content-type", form.type()));
        store.bucket(exchange.bucket()).put(key, object);
        ObjectRequests.describe(exchange, object);
        switch (form.value("success_action_status", "204")) {
            case "200" -> exchange.empty(200);
            case "201" ->
                exchange.xml(
                        201,
                        Xml.root("PostResponse")
                                .element("Bucket", exchange.bucket())
                                .element("Key", key)
                                .element("ETag", object.etag())
                                .end());
            default -> exchange.empty(204);
        }
    }
}
