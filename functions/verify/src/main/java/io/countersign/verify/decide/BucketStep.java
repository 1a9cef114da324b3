package io.countersign.verify.decide;

import io.countersign.oss.ErrorDetails;
import io.countersign.oss.OssError;
import io.countersign.oss.OssRefusal;
import io.countersign.oss.OssRequest;
import io.countersign.oss.RegionId;
import io.countersign.registry.Bucket;
import io.countersign.registry.Facts;
import io.countersign.registry.SignatureFloor;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Checks that the buckets exist, and that the host is an endpoint of the request's own bucket. */
final class BucketStep {
    /** The suffixes of the aliases of access points, which replace a bucket's name. */
    private static final List<String> ALIASES = List.of("-ossalias", "-opapalias");

    private BucketStep() {}

    /**
     * @param buckets every bucket that the request touches
     * @throws OssRefusal NoSuchBucket for the request's bucket or the source of a copy; AccessDenied with the right endpoint for a host of another region
     */
    static void check(OssRequest request, Collection<String> buckets, Facts facts) throws OssRefusal {
        for (String name : buckets) {
            if (facts.bucket(name).isEmpty()) {
                throw noSuchBucket(name);
            }
        }
        Optional<String> named = request.address().region();
        Optional<Bucket> own = request.target().bucketName().flatMap(facts::bucket);
        if (own.isPresent()
                && named.isPresent()
                && !RegionId.ofHost(named.get())
                        .equals(RegionId.ofHost(own.get().region()))) {
            throw wrongEndpoint(own.get());
        }
    }

    /**
     * Checks that every bucket of the request accepts signatures of this version. An anonymous request has none, and its rights are those of the ACLs.
     *
     * @param moment the present, or the moment for which the request is judged
     * @throws OssRefusal AccessDenied
     */
    static void checkVersion(Credentials credentials, Collection<String> buckets, Facts facts, Instant moment)
            throws OssRefusal {
        switch (credentials) {
            case Credentials.None none -> {}
            case Credentials.Signed signed -> {
                for (String name : buckets) {
                    Optional<SignatureFloor> floor = facts.bucket(name).flatMap(Bucket::signatureFloor);
                    if (floor.isPresent() && floor.get().refuses(signed.version(), moment)) {
                        throw new OssRefusal(
                                OssError.SIGNATURE_VERSION_REFUSED,
                                floor.get().advice(name),
                                Map.of(
                                        "Bucket",
                                        name,
                                        "SignatureVersion",
                                        signed.version().name()));
                    }
                }
            }
        }
    }

    /** No bucket has such a name (pages "CreateAccessPoint", "Use Object FC access points"). */
    private static OssRefusal noSuchBucket(String name) {
        boolean alias = ALIASES.stream().anyMatch(name::endsWith);
        String message = OssError.NO_SUCH_BUCKET.message()
                + (alias ? " The name is the alias of an access point, and none are known here; name the bucket." : "");
        return new OssRefusal(OssError.NO_SUCH_BUCKET, message, Map.of("BucketName", name));
    }

    private static OssRefusal wrongEndpoint(Bucket bucket) {
        ErrorDetails details = new ErrorDetails.Builder()
                .add("Bucket", bucket.name())
                .add("Endpoint", endpoint(bucket))
                .build();
        return new OssRefusal(OssError.WRONG_ENDPOINT, OssError.WRONG_ENDPOINT.message(), details);
    }

    /** The host without the bucket's name, as OSS writes it: {@code oss-cn-hangzhou.aliyuncs.com}. */
    private static String endpoint(Bucket bucket) {
        String url = bucket.endpointInRegion();
        String host = url.substring(url.indexOf("://") + 3).replace("{bucket}.", "");
        int slash = host.indexOf('/');
        return slash < 0 ? host : host.substring(0, slash);
    }
}
