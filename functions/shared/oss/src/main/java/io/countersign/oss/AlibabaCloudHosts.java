package io.countersign.oss;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The hosts of OSS (pages "Regions and endpoints", "OSS accelerator"; go-sdk-v2 endpoints.go; docs/protocol.md 13):
 *
 * <ul>
 *   <li>{@code oss-REGION}, {@code oss-REGION-internal} and the older {@code vpc100-oss-REGION}, including the names of
 *       the finance cloud (such as {@code -pub})
 *   <li>{@code oss-accelerate} and {@code oss-accelerate-overseas}, for buckets of every region
 *   <li>{@code REGION.oss}, which supports IPv6
 *   <li>{@code ZONE-internal.oss-data-acc} and the older {@code oss-cache-ZONE}, the accelerator of a zone
 * </ul>
 *
 * each followed by {@code .aliyuncs.com} and optionally preceded by a bucket. Other services of Alibaba Cloud under
 * that domain are refused by name.
 */
final class AlibabaCloudHosts implements HostPattern {
    /** The pattern that stands for all of these hosts in settings. */
    static final String PATTERN = "oss-*.aliyuncs.com";

    private static final String DOMAIN = ".aliyuncs.com";
    private static final String OSS = "oss-";
    private static final String VPC = "vpc100-oss-";
    private static final String CACHE = "oss-cache-";
    private static final String S3 = "s3";

    @Override
    public Optional<BaseDomain.HostMatch> match(String host) throws OssRefusal {
        int end = host.length() - DOMAIN.length();
        if (end <= 0 || !host.endsWith(DOMAIN)) {
            return Optional.empty();
        }
        int start = host.lastIndexOf('.', end - 1) + 1;
        String label = host.substring(start, end);
        String before = start == 0 ? "" : host.substring(0, start - 1);
        Optional<OtherEndpoint> other = OtherEndpoint.of(label);
        if (other.isPresent()) {
            throw other.get().refusal();
        }
        Optional<BaseDomain.HostMatch> match = match(label, before);
        if (match.isPresent()
                && (match.get().bucket().equals(S3) || match.get().bucket().endsWith('.' + S3))) {
            throw OtherEndpoint.S3.refusal();
        }
        return match;
    }

    private static Optional<BaseDomain.HostMatch> match(String label, String before) {
        return switch (label) {
            case "oss" -> behindRegion(before);
            case "oss-data-acc" -> behindZone(before);
            case "oss-accelerate", "oss-accelerate-overseas" ->
                Optional.of(new BaseDomain.HostMatch(before, Optional.empty()));
            default -> named(label, before);
        };
    }

    private static Optional<BaseDomain.HostMatch> named(String label, String before) {
        if (label.startsWith(CACHE) && label.length() > CACHE.length()) {
            return Optional.of(
                    new BaseDomain.HostMatch(before, Optional.of(regionOfZone(label.substring(CACHE.length())))));
        }
        String prefix = label.startsWith(VPC) ? VPC : OSS;
        return label.startsWith(prefix) && label.length() > prefix.length()
                ? Optional.of(new BaseDomain.HostMatch(
                        before, Optional.of(RegionId.ofHost(label.substring(prefix.length())))))
                : Optional.empty();
    }

    /** {@code bucket.REGION}. A host with anything else before the region is not one of OSS's. */
    private static Optional<BaseDomain.HostMatch> behindRegion(String before) {
        String region = last(before);
        return isRegion(region)
                ? Optional.of(new BaseDomain.HostMatch(withoutLast(before), Optional.of(RegionId.ofHost(region))))
                : Optional.empty();
    }

    private static Optional<BaseDomain.HostMatch> behindZone(String before) {
        String zone = last(before);
        return isRegion(zone)
                ? Optional.of(new BaseDomain.HostMatch(withoutLast(before), Optional.of(regionOfZone(zone))))
                : Optional.empty();
    }

    private static String last(String labels) {
        return labels.substring(labels.lastIndexOf('.') + 1);
    }

    private static String withoutLast(String labels) {
        int dot = labels.lastIndexOf('.');
        return dot < 0 ? "" : labels.substring(0, dot);
    }

    /** The form of a region's name: {@code cn-hangzhou}, {@code us-west-1}. */
    private static boolean isRegion(String name) {
        return name.length() > 3 && isLetter(name.charAt(0)) && isLetter(name.charAt(1)) && name.charAt(2) == '-';
    }

    /**
     * {@code cn-beijing} for {@code cn-beijing-h}, {@code ap-southeast-1} for {@code ap-southeast-1c}. A region id is
     * returned unchanged.
     */
    private static String regionOfZone(String name) {
        String zone = RegionId.withoutInternal(name);
        int last = zone.length() - 1;
        if (last < 1 || !isLetter(zone.charAt(last))) {
            return zone;
        }
        char before = zone.charAt(last - 1);
        return before == '-' ? zone.substring(0, last - 1) : HostText.isDigit(before) ? zone.substring(0, last) : zone;
    }

    private static boolean isLetter(char c) {
        return c >= 'a' && c <= 'z';
    }

    /** Hosts of Alibaba Cloud services that resemble those of OSS. None of them is served here. */
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

        /** Finds a service by the label before {@code aliyuncs.com}. */
        static Optional<OtherEndpoint> of(String label) {
            return Optional.ofNullable(BY_LABEL.get(label));
        }

        OssRefusal refusal() {
            return new OssRefusal(OssError.OTHER_ENDPOINT, "The host is " + sentence + ".");
        }
    }
}
