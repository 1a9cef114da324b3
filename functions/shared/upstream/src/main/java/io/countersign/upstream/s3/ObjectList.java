package io.countersign.upstream.s3;

import io.countersign.oss.OssError;
import io.countersign.oss.OssRefusal;
import io.countersign.oss.QueryParameters;
import io.countersign.registry.Bucket;
import io.countersign.upstream.ListBounds;
import io.countersign.upstream.xml.MalformedXmlException;
import io.countersign.upstream.xml.XmlElement;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * ListObjects and ListObjectsV2 (help.aliyun.com, "ListObjects", "ListObjectsV2").
 *
 * @param client the client's parameters
 * @param max the most entries
 */
record ObjectList(Bucket bucket, QueryParameters client, int max) {
    private static final int USUAL = 100;
    private static final String V2 = "list-type";
    private static final String OWNER = "fetch-owner";

    /** @throws OssRefusal InvalidArgument for a value that OSS does not have */
    static ObjectList of(Bucket bucket, QueryParameters client) throws OssRefusal {
        ListNames.check(client);
        if (client.has(V2) && !client.first(V2).orElseThrow().equals("2")) {
            throw new OssRefusal(OssError.INVALID_ARGUMENT, "The list-type is 2; set it, or leave it out.");
        }
        return new ObjectList(bucket, client, ListBounds.of(client, "max-keys", USUAL));
    }

    private boolean second() {
        return client.has(V2);
    }

    /** The parameters for the store. */
    QueryParameters query() {
        QueryParameters query = QueryParameters.NONE;
        for (String name : new String[] {V2, "prefix", "delimiter", "marker", "start-after", "continuation-token"}) {
            Optional<String> value = client.first(name);
            query = value.isPresent() ? query.and(name, value.get()) : query;
        }
        return query.and("max-keys", Integer.toString(max)).and(ListNames.PARAMETER, ListNames.URL);
    }

    XmlElement ofClient(XmlElement store) throws MalformedXmlException {
        ListNames names = ListNames.of(client, store);
        boolean truncated = StoreText.bool(store, "IsTruncated");
        XmlElement.Builder list = new XmlElement.Builder("ListBucketResult")
                .add("Name", bucket.name())
                .add("Prefix", names.shown(client.first("prefix").orElse("")));
        if (second()) {
            list.add("StartAfter", client.first("start-after").map(names::shown))
                    .add("ContinuationToken", client.first("continuation-token"));
        } else {
            list.add("Marker", names.shown(client.first("marker").orElse("")));
        }
        list.add("MaxKeys", Integer.toString(max))
                .add("Delimiter", names.shown(client.first("delimiter").orElse("")))
                .add("EncodingType", names.encodingType())
                .add("IsTruncated", Boolean.toString(truncated));
        if (truncated) {
            list.add(next(store, names));
        }
        if (second()) {
            int count =
                    store.all("Contents").size() + store.all("CommonPrefixes").size();
            list.add("KeyCount", Integer.toString(count));
        }
        for (XmlElement object : store.all("Contents")) {
            list.add(object(object, names));
        }
        for (XmlElement prefix : store.all("CommonPrefixes")) {
            list.add(new XmlElement.Builder("CommonPrefixes")
                    .add("Prefix", names.ofClient(StoreText.of(prefix, "Prefix")))
                    .build());
        }
        return list.build();
    }

    private XmlElement object(XmlElement object, ListNames names) throws MalformedXmlException {
        String eTag = StoreText.of(object, "ETag");
        XmlElement.Builder contents = new XmlElement.Builder("Contents")
                .add("Key", names.ofClient(StoreText.of(object, "Key")))
                .add("LastModified", S3Times.ofClient(StoreText.of(object, "LastModified")))
                .add("ETag", eTag)
                .add("Type", eTag.indexOf('-') < 0 ? "Normal" : "Multipart")
                .add("Size", Long.toString(StoreText.number(object, "Size")))
                .add(
                        "StorageClass",
                        StorageClasses.ofClient(object.textOf("StorageClass").orElse("")));
        if (!second() || client.first(OWNER).orElse("").equals("true")) {
            contents.add(new XmlElement.Builder("Owner")
                    .add("ID", bucket.accountId())
                    .add("DisplayName", bucket.accountId())
                    .build());
        }
        return contents.build();
    }

    /** Where the list goes on. S3's first version says so only for a list with a delimiter. */
    private XmlElement next(XmlElement store, ListNames names) throws MalformedXmlException {
        if (second()) {
            return XmlElement.of("NextContinuationToken", StoreText.of(store, "NextContinuationToken"));
        }
        String last = "";
        if (store.first("NextMarker").isPresent()) {
            last = names.decoded(StoreText.of(store, "NextMarker"));
        } else {
            for (XmlElement object : store.all("Contents")) {
                last = later(last, names.decoded(StoreText.of(object, "Key")));
            }
            for (XmlElement prefix : store.all("CommonPrefixes")) {
                last = later(last, names.decoded(StoreText.of(prefix, "Prefix")));
            }
        }
        return XmlElement.of("NextMarker", names.shown(last));
    }

    /** Stores sort by the bytes of UTF-8. */
    private static String later(String one, String other) {
        int order =
                Arrays.compareUnsigned(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
        return order < 0 ? other : one;
    }
}
