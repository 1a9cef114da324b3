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

/** Checks that a V4 credential names the region where it is used: the bucket's own, or any region that the registry knows for the service itself. */
record ScopeStep(KeyRegistry registry) {
    /** @throws OssRefusal InvalidArgument 0002-00000226, with the spelling of regions when the name is a common misspelling */
    void check(ParsedRequest request, Facts facts, Instant now) throws OssRefusal, StoreUnavailable {
        Optional<CredentialScope> scope = Credentials.scopeOf(request.credentials());
        if (scope.isEmpty()) {
            return;
        }
        String region = scope.get().region();
        Optional<Bucket> bucket = request.oss().target().bucketName().flatMap(facts::bucket);
        boolean matches;
        if (bucket.isPresent()) {
            // A host that names the same wrong region is refused with the right endpoint, after the signature was
            // checked.
            matches = region.equals(bucket.get().region())
                    || request.oss().address().region().equals(Optional.of(region));
        } else {
            matches = !(request.oss().target() instanceof Target.Service) || registry.isRegion(region, now);
        }
        if (!matches) {
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
