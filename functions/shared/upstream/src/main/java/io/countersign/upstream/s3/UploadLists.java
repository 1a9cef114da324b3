package io.countersign.upstream.s3;

import io.countersign.oss.OssRefusal;
import io.countersign.oss.QueryParameter;
import io.countersign.oss.QueryParameters;
import io.countersign.upstream.ListBounds;
import io.countersign.upstream.xml.MalformedXmlException;
import io.countersign.upstream.xml.XmlElement;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** ListMultipartUploads and ListParts (help.aliyun.com, pages of these names). */
final class UploadLists {
    static final int USUAL = 1_000;
    private static final List<String> OF_UPLOADS = List.of("prefix", "delimiter", "key-marker", "upload-id-marker");

    private UploadLists() {}

    /** @throws OssRefusal InvalidArgument for a value that OSS does not have */
    static QueryParameters uploadsQuery(QueryParameters client) throws OssRefusal {
        ListNames.check(client);
        QueryParameters query = QueryParameters.NONE.and(QueryParameter.bare("uploads"));
        for (String name : OF_UPLOADS) {
            query = client.has(name) ? query.and(name, client.first(name).orElseThrow()) : query;
        }
        return query.and("max-uploads", Integer.toString(ListBounds.of(client, "max-uploads", USUAL)))
                .and(ListNames.PARAMETER, ListNames.URL);
    }

    /** @param max the most entries, as the store was asked */
    static XmlElement uploads(String bucket, QueryParameters client, int max, XmlElement store)
            throws MalformedXmlException {
        ListNames markers = ListNames.of(client, store);
        ListNames names = ListNames.ofUploads(client, store, names(store));
        boolean truncated = StoreText.bool(store, "IsTruncated");
        XmlElement.Builder list = new XmlElement.Builder("ListMultipartUploadsResult")
                .add("Bucket", bucket)
                .add("KeyMarker", names.shown(client.first("key-marker").orElse("")))
                .add("UploadIdMarker", client.first("upload-id-marker").orElse(""))
                .add("EncodingType", names.encodingType())
                .add("NextKeyMarker", truncated ? markers.ofClient(StoreText.of(store, "NextKeyMarker")) : "")
                .add("NextUploadIdMarker", truncated ? StoreText.of(store, "NextUploadIdMarker") : "")
                .add("Delimiter", names.shown(client.first("delimiter").orElse("")))
                .add("Prefix", names.shown(client.first("prefix").orElse("")))
                .add("MaxUploads", Integer.toString(max))
                .add("IsTruncated", Boolean.toString(truncated));
        for (XmlElement upload : store.all("Upload")) {
            list.add(new XmlElement.Builder("Upload")
                    .add("Key", names.ofClient(StoreText.of(upload, "Key")))
                    .add("UploadId", StoreText.of(upload, "UploadId"))
                    .add(
                            "StorageClass",
                            StorageClasses.ofClient(
                                    upload.textOf("StorageClass").orElse("")))
                    .add("Initiated", S3Times.ofClient(StoreText.of(upload, "Initiated")))
                    .build());
        }
        for (XmlElement prefix : store.all("CommonPrefixes")) {
            list.add(new XmlElement.Builder("CommonPrefixes")
                    .add("Prefix", names.ofClient(StoreText.of(prefix, "Prefix")))
                    .build());
        }
        return list.build();
    }

    private static List<String> names(XmlElement store) {
        return Stream.concat(
                        store.all("Upload").stream().map(upload -> upload.textOf("Key")),
                        store.all("CommonPrefixes").stream().map(prefix -> prefix.textOf("Prefix")))
                .flatMap(Optional::stream)
                .toList();
    }

    /** @throws OssRefusal InvalidArgument for a value that OSS does not have */
    static QueryParameters partsQuery(QueryParameters client) throws OssRefusal {
        ListNames.check(client);
        QueryParameters query =
                QueryParameters.NONE.and("uploadId", client.first("uploadId").orElseThrow());
        if (client.has("part-number-marker")) {
            query = query.and(
                    "part-number-marker", client.first("part-number-marker").orElseThrow());
        }
        return client.has("max-parts")
                ? query.and("max-parts", Integer.toString(ListBounds.of(client, "max-parts", USUAL)))
                : query;
    }

    /** @param key the object's, which the client named */
    static XmlElement parts(String bucket, String key, QueryParameters client, XmlElement store)
            throws MalformedXmlException {
        ListNames names = ListNames.of(client, store);
        boolean truncated = StoreText.bool(store, "IsTruncated");
        XmlElement.Builder list = new XmlElement.Builder("ListPartsResult")
                .add("EncodingType", names.encodingType())
                .add("Bucket", bucket)
                .add("Key", names.shown(key))
                .add("UploadId", client.first("uploadId").orElseThrow())
                .add(
                        "StorageClass",
                        StorageClasses.ofClient(store.textOf("StorageClass").orElse("")))
                .add("PartNumberMarker", client.first("part-number-marker").orElse("0"));
        long last = 0;
        XmlElement.Builder parts = new XmlElement.Builder("");
        for (XmlElement part : store.all("Part")) {
            last = StoreText.number(part, "PartNumber");
            parts.add(new XmlElement.Builder("Part")
                    .add("PartNumber", Long.toString(last))
                    .add("LastModified", S3Times.ofClient(StoreText.of(part, "LastModified")))
                    .add("ETag", StoreText.of(part, "ETag"))
                    .add("Size", Long.toString(StoreText.number(part, "Size")))
                    .build());
        }
        list.add("NextPartNumberMarker", Long.toString(last))
                .add("MaxParts", client.first("max-parts").orElse(Integer.toString(USUAL)))
                .add("IsTruncated", Boolean.toString(truncated));
        parts.build().children().forEach(list::add);
        return list.build();
    }
}
