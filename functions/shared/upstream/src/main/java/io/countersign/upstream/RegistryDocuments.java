package io.countersign.upstream;

import io.countersign.http.Bytes;
import io.countersign.oss.Acl;
import io.countersign.oss.OssError;
import io.countersign.oss.OssRefusal;
import io.countersign.registry.Bucket;
import io.countersign.registry.CorsRule;
import io.countersign.upstream.xml.XmlElement;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The documents of operations that the registry answers ({@link Answerer.Registry}), in OSS's form. */
public final class RegistryDocuments {
    private RegistryDocuments() {}

    /** GetBucketAcl and GetObjectAcl (help.aliyun.com). The owner of an object is its bucket's. */
    public static Bytes acl(Bucket bucket, Acl acl) {
        return new XmlElement.Builder("AccessControlPolicy")
                .add(owner(bucket))
                .add(new XmlElement.Builder("AccessControlList")
                        .add("Grant", acl.text())
                        .build())
                .build()
                .document();
    }

    /** GetBucketLocation. */
    public static Bytes location(Bucket bucket) {
        return XmlElement.of("LocationConstraint", "oss-" + bucket.region()).document();
    }

    /**
     * GetBucketCors.
     *
     * @throws OssRefusal NoSuchCORSConfiguration where the manifest names no rule
     */
    public static Bytes cors(Bucket bucket) throws OssRefusal {
        if (bucket.cors().isEmpty()) {
            throw new OssRefusal(OssError.NO_SUCH_CORS_CONFIGURATION);
        }
        return XmlElement.of(
                        "CORSConfiguration",
                        bucket.cors().stream().map(RegistryDocuments::rule).toList())
                .document();
    }

    /**
     * ListBuckets.
     *
     * @param listed buckets of the account, in the order of their names
     * @param more whether there are others behind them
     * @param here the endpoint of the buckets that have a store behind them
     */
    public static Bytes buckets(String account, BucketQuery query, List<Bucket> listed, boolean more, String here) {
        return new XmlElement.Builder("ListAllMyBucketsResult")
                .add("Prefix", query.prefix())
                .add("Marker", query.marker())
                .add("MaxKeys", Integer.toString(query.maxKeys()))
                .add("IsTruncated", Boolean.toString(more))
                .add("NextMarker", more ? Optional.of(listed.getLast().name()) : Optional.empty())
                .add(owner(account))
                .add(XmlElement.of(
                        "Buckets",
                        listed.stream().map(bucket -> listed(bucket, here)).toList()))
                .build()
                .document();
    }

    private static XmlElement listed(Bucket bucket, String here) {
        String endpoint = bucket.upstream().isPresent() ? here : bucket.endpointHost();
        return new XmlElement.Builder("Bucket")
                .add("CreationDate", created(bucket))
                .add("ExtranetEndpoint", endpoint)
                .add("IntranetEndpoint", endpoint)
                .add("Location", "oss-" + bucket.region())
                .add("Name", bucket.name())
                .add("Region", bucket.region())
                .add("StorageClass", "Standard")
                .build();
    }

    /** When a bucket was made. SDKs cannot read a document without it, so that a date is there also where nobody knows it. */
    public static String created(Bucket bucket) {
        return DocumentTime.of(bucket.created().orElse(Instant.EPOCH));
    }

    /** The owner as every document names it. */
    public static XmlElement owner(Bucket bucket) {
        return owner(bucket.accountId());
    }

    private static XmlElement owner(String account) {
        return new XmlElement.Builder("Owner")
                .add("ID", account)
                .add("DisplayName", account)
                .build();
    }

    private static XmlElement rule(CorsRule rule) {
        XmlElement.Builder element = new XmlElement.Builder("CORSRule");
        add(element, "AllowedOrigin", rule.allowedOrigins());
        add(element, "AllowedMethod", rule.allowedMethods());
        add(element, "AllowedHeader", rule.allowedHeaders());
        add(element, "ExposeHeader", rule.exposeHeaders());
        rule.maxAgeSeconds().ifPresent(seconds -> element.add("MaxAgeSeconds", Long.toString(seconds)));
        return element.build();
    }

    private static void add(XmlElement.Builder element, String name, List<String> texts) {
        texts.forEach(text -> element.add(name, text));
    }
}
