package io.countersign.gateway.storage;

/** The steps of a multipart upload, once they are allowed. */
final class MultipartRequests {
    private final ObjectStore store;
    private final Uploads uploads = new Uploads();

    MultipartRequests(ObjectStore store) {
        this.store = store;
    }

    boolean isOne(Exchange exchange) {
        return exchange.query().has("uploads") || exchange.query().has("uploadId");
    }

    void serve(Exchange exchange) throws StorageError {
        if (exchange.query().has("uploads")) {
            begin(exchange);
            return;
        }
        switch (exchange.method()) {
            case "PUT" -> part(exchange);
            case "GET" -> list(exchange);
            case "POST" -> complete(exchange);
            case "DELETE" -> {
                uploads.of(exchange);
                uploads.end(exchange);
                exchange.empty(204);
            }
            default -> throw new StorageError(405, "MethodNotAllowed", "Not served by this storage.");
        }
    }

    private void begin(Exchange exchange) throws StorageError {
        store.bucket(exchange.bucket());
        exchange.xml(
                200,
                Xml.root("InitiateMultipartUploadResult")
                        .element("Bucket", exchange.bucket())
                        .element("Key", exchange.key())
                        .element("UploadId", uploads.begin(exchange))
                        .end());
    }

    private void part(Exchange exchange) throws StorageError {
        boolean copied = exchange.header("x-oss-copy-source").isPresent();
        byte[] content = copied ? store.copySource(exchange).content() : exchange.body();
        StoredObject part = StoredObject.of(content, exchange.objectHeaders());
        uploads.of(exchange).parts().put(Integer.valueOf(exchange.parameter("partNumber", "0")), part);
        if (copied) {
            exchange.xml(200, ObjectRequests.copied("CopyPartResult", part));
        } else {
            ObjectRequests.describe(exchange, part).empty(200);
        }
    }

    private void list(Exchange exchange) throws StorageError {
        Uploads.Upload upload = uploads.of(exchange);
        Xml xml = Xml.root("ListPartsResult")
                .element("Bucket", upload.bucket())
                .element("Key", upload.key())
                .element("UploadId", exchange.parameter("uploadId", ""))
                .element("MaxParts", 1000)
                .element("IsTruncated", false);
        upload.parts()
                .forEach((number, part) -> xml.open("Part")
                        .element("PartNumber", number)
                        .element("LastModified", Moments.iso(part.modified()))
                        .element("ETag", "\"" + part.etag() + "\"")
                        .element("Size", part.content().length)
                        .close("Part"));
        exchange.xml(200, xml.end());
    }

    private void complete(Exchange exchange) throws StorageError {
        StoredObject object = uploads.of(exchange).joined();
        store.bucket(exchange.bucket()).put(exchange.key(), object);
        uploads.end(exchange);
        ObjectRequests.describe(exchange, object)
                .xml(
                        200,
                        Xml.root("CompleteMultipartUploadResult")
                                .element("Location", exchange.target())
                                .element("Bucket", exchange.bucket())
                                .element("Key", exchange.key())
                                .element("ETag", "\"" + object.etag() + "\"")
                                .end());
    }
}
