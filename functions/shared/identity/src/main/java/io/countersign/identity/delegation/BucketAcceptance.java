package io.countersign.identity.delegation;

import io.countersign.oss.Scope;
import io.countersign.oss.Target;
import io.countersign.registry.Bucket;
import io.countersign.registry.Facts;
import io.countersign.registry.LiteralKeys;
import io.countersign.registry.SignatureFloor;
import io.countersign.registry.Upstream;
import io.countersign.signing.SignatureVersion;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;

/**
 * What the buckets of a request accept, whoever asks: a signature of this version, and keys that the store behind keeps
 * apart. What a verifier or the store port would refuse is not signed, so that the refusal comes where it can be mended.
 */
public final class BucketAcceptance {
    private BucketAcceptance() {}

    /**
     * Returns normally if every bucket of a request accepts it at that moment.
     *
     * @param named the objects and buckets of the request; a bucket that {@code facts} does not have accepts any
     * @throws SigningRefusal SignatureVersionNotSignable, or KeyNotSignable
     */
    public static void require(SignatureVersion version, Collection<? extends Scope> named, Facts facts, Instant now)
            throws SigningRefusal {
        for (Scope scope : named) {
            Optional<Bucket> bucket = scope.bucketName().flatMap(facts::bucket);
            if (bucket.isPresent()) {
                requireVersion(version, bucket.get(), now);
                requireKept(scope, bucket.get().upstream());
            }
        }
    }

    private static void requireVersion(SignatureVersion version, Bucket bucket, Instant now) throws SigningRefusal {
        Optional<SignatureFloor> floor = bucket.signatureFloor();
        if (floor.isPresent() && floor.get().refuses(version, now)) {
            throw new SigningRefusal(
                    SigningRefusal.Code.SIGNATURE_VERSION_NOT_SIGNABLE,
                    floor.get().advice(bucket.name()));
        }
    }

    private static void requireKept(Scope scope, Optional<Upstream> upstream) throws SigningRefusal {
        if (upstream.isPresent() && !keeps(upstream.get(), scope)) {
            throw new SigningRefusal(
                    SigningRefusal.Code.KEY_NOT_SIGNABLE,
                    "A key of the request is not signed: " + LiteralKeys.RULE
                            + " Choose another key. Where the store keeps such keys apart, have flatNamespace: true"
                            + " written into the bucket's upstream.");
        }
    }

    private static boolean keeps(Upstream upstream, Scope scope) {
        return switch (scope) {
            case Target.ObjectKey object -> LiteralKeys.keeps(upstream, object.key());
            case Scope.ObjectPrefix prefix -> LiteralKeys.keepsPrefix(upstream, prefix.prefix());
            case Target.Service service -> true;
            case Target.Bucket bucket -> true;
            case Scope.AccountObjects objects -> true;
        };
    }
}
