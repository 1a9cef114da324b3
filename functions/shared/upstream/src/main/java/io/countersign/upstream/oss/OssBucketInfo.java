package io.countersign.upstream.oss;

import io.countersign.registry.Bucket;
import io.countersign.upstream.JudgedRequest;
import io.countersign.upstream.RegistryDocuments;
import io.countersign.upstream.xml.MalformedXmlException;
import io.countersign.upstream.xml.XmlElement;
import java.util.List;

/**
 * GetBucketInfo: what only the store knows, and everything else from the registry. The store's own elements name its
 * endpoints, its account, keys of KMS and buckets of logs.
 */
final class OssBucketInfo {
    private static final List<String> OF_THE_STORE =
            List.of("CreationDate", "DataRedundancyType", "StorageClass", "Versioning");

    private OssBucketInfo() {}

    static XmlElement rewritten(JudgedRequest judged, XmlElement root) throws MalformedXmlException {
        XmlElement store = root.first("Bucket").orElseThrow(() -> new MalformedXmlException("There is no Bucket."));
        Bucket bucket = judged.bucket();
        String endpoint = judged.oss().address().endpoint();
        XmlElement.Builder info = new XmlElement.Builder("Bucket");
        for (String name : OF_THE_STORE) {
            info.add(name, store.textOf(name));
        }
        info.add("ExtranetEndpoint", endpoint)
                .add("IntranetEndpoint", endpoint)
                .add("Location", "oss-" + bucket.region())
                .add("Name", bucket.name())
                .add(RegistryDocuments.owner(bucket))
                .add(new XmlElement.Builder("AccessControlList")
                        .add("Grant", bucket.acl().text())
                        .build());
        return XmlElement.of("BucketInfo", List.of(info.build()));
    }
}
