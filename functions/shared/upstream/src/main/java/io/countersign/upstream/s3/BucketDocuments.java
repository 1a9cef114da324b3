package io.countersign.upstream.s3;

import io.countersign.oss.OssError;
import io.countersign.oss.OssRefusal;
import io.countersign.registry.Bucket;
import io.countersign.upstream.RegistryDocuments;
import io.countersign.upstream.xml.MalformedXmlException;
import io.countersign.upstream.xml.XmlElement;
import java.util.List;

/** GetBucketInfo and GetBucketStat, which S3 does not have: made of the registry and of a list of the bucket. */
final class BucketDocuments {
    /** The most objects of a list, and so the most that are counted. */
    static final int MAX_COUNTED = 1_000;

    private BucketDocuments() {}

    /** @param endpoint by which the client came here */
    static XmlElement info(Bucket bucket, String endpoint) {
        XmlElement.Builder element = new XmlElement.Builder("Bucket")
                .add("CreationDate", RegistryDocuments.created(bucket))
                .add("ExtranetEndpoint", endpoint)
                .add("IntranetEndpoint", endpoint)
                .add("Location", "oss-" + bucket.region())
                .add("Name", bucket.name())
                .add("StorageClass", "Standard")
                .add(RegistryDocuments.owner(bucket))
                .add(new XmlElement.Builder("AccessControlList")
                        .add("Grant", bucket.acl().text())
                        .build());
        return XmlElement.of("BucketInfo", List.of(element.build()));
    }

    /** @throws OssRefusal NotImplemented when the bucket has more objects than one list */
    static XmlElement stat(XmlElement list) throws MalformedXmlException, OssRefusal {
        if (StoreText.bool(list, "IsTruncated")) {
            throw new OssRefusal(
                    OssError.NOT_IMPLEMENTED,
                    "The store behind this bucket speaks S3 and does not count its objects; GetBucketStat is offered up to "
                            + MAX_COUNTED + " objects. List the bucket instead.");
        }
        long size = 0;
        List<XmlElement> objects = list.all("Contents");
        for (XmlElement object : objects) {
            size += StoreText.number(object, "Size");
        }
        return new XmlElement.Builder("BucketStat")
                .add("Storage", Long.toString(size))
                .add("ObjectCount", Integer.toString(objects.size()))
                // Clients of OSS need the element; uploads in parts are not counted.
                .add("MultipartUploadCount", "0")
                .build();
    }
}
