package io.countersign.verify.decide;

import io.countersign.oss.OssError;
import io.countersign.oss.OssRefusal;
import io.countersign.oss.Target;
import io.countersign.registry.Bucket;
import io.countersign.registry.Facts;
import io.countersign.registry.KeyRegistry;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.signing.CredentialScope;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Whether a V4 credential names the region that it is used in: the bucket's own, or any region that the registry knows for the service itself. */
record ScopeStep(KeyRegistry registry) {
    /** @throws OssRefusal InvalidArgument 0002-00000226, saying how regions are spelled when the name is a near miss */
    void check(ParsedRequest request, Facts facts, Instant now) throws OssRefusal, StoreUnavailable {
        Optional<CredentialScope> scope = Credentials.scopeOf(request.credentials());
        if (scope.isEmpty()) {
            return;
        }
        String region = scope.get().region();
        Optional<Bucket> bucket = ParsedRequest.bucketOf(request.oss().target()).flatMap(facts::bucket);
        boolean fits;
        if (bucket.isPresent()) {
            // A host that names the same wrong region is told its endpoint instead, once the signature held.
            fits = region.equals(bucket.get().region())
                    || request.oss().address().region().equals(Optional.of(region));
        } else {
            fits = !(request.oss().target() instanceof Target.Service) || registry.isRegion(region, now);
        }
        if (!fits) {
            throw refused(region, bucket);
        }
    }

    private static OssRefusal refused(String region, Optional<Bucket> bucket) {
        String expected = bucket.map(Bucket::region).orElseGet(() -> RegionName.plain(region));
        String advice = bucket.isPresent() || !expected.equals(region)
                ? " Sign with the region \"" + expected + "\""
                : " Sign with the region of a bucket";
        String spelling = expected.equals(RegionName.plain(region)) && !expected.equals(region)
                ? ": a region is written without \"oss-\" before it and without \"-internal\" after it."
                : ".";
        return new OssRefusal(
                OssError.INVALID_SIGNING_REGION,
                OssError.INVALID_SIGNING_REGION.message() + advice + spelling,
                Map.of("Region", region));
    }
}
