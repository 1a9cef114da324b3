package io.countersign.oss;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Alibaba Cloud's hosts beside OSS's own, which look alike and are something else. None of them is served here. */
enum OtherEndpoint {
    ACCESS_POINT(
            "the host of an access point, and no access points are known here: ask for the bucket itself, by its name and at its region's endpoint",
            "oss-accesspoint"),
    OBJECT_FC(
            "the host of an Object FC access point, behind which a function answers: ask for the bucket itself, by its name and at its region's endpoint",
            "oss-object-process"),
    HDFS(
            "an endpoint of OSS-HDFS, which speaks another protocol: use an OSS client and the endpoint of the bucket's region",
            "oss-dls"),
    CLOUD_BOX(
            "an endpoint of a CloudBox, whose buckets are not known here: use the endpoint of a region",
            "oss-cloudbox",
            "oss-cloudbox-control"),
    VECTORS(
            "an endpoint of OSS Vectors, which is another service: use the endpoint of the bucket's region",
            "oss-vectors"),
    TABLES(
            "an endpoint of OSS Tables, which is another service: use the endpoint of the bucket's region",
            "oss-tables"),
    S3(
            "an S3-compatible endpoint, which speaks S3's protocol: use an OSS client and the same endpoint without \"s3.\" before it");

    private static final Map<String, OtherEndpoint> BY_LABEL = byLabel();

    private final String sentence;
    private final List<String> labels;

    OtherEndpoint(String sentence, String... labels) {
        this.sentence = sentence;
        this.labels = List.of(labels);
    }

    private static Map<String, OtherEndpoint> byLabel() {
        Map<String, OtherEndpoint> kinds = new HashMap<>();
        for (OtherEndpoint kind : values()) {
            kind.labels.forEach(label -> kinds.put(label, kind));
        }
        return Map.copyOf(kinds);
    }

    /** By the label before {@code aliyuncs.com}. */
    static Optional<OtherEndpoint> of(String label) {
        return Optional.ofNullable(BY_LABEL.get(label));
    }

    OssRefusal refusal() {
        return new OssRefusal(OssError.OTHER_ENDPOINT, "The host is " + sentence + ".");
    }
}
