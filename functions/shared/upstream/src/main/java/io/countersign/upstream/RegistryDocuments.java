package io.countersign.upstream;

import io.countersign.http.Bytes;
import io.countersign.oss.Acl;
import io.countersign.oss.OssError;
import io.countersign.oss.OssRefusal;
import io.countersign.registry.Bucket;
import io.countersign.registry.CorsRule;
import io.countersign.upstream.xml.XmlElement;
import java.util.List;

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

    /** The owner as every document names it. */
    public static XmlElement owner(Bucket bucket) {
        return new XmlElement.Builder("Owner")
                .add("ID", bucket.accountId())
                .add("DisplayName", bucket.accountId())
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
