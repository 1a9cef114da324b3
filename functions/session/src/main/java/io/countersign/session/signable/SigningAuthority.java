package io.countersign.session.signable;

import io.countersign.oss.OssRequest;
import io.countersign.oss.Right;
import io.countersign.policy.Authorizer;
import io.countersign.policy.BucketFacts;
import io.countersign.policy.Conditions;
import io.countersign.policy.Decision;
import io.countersign.policy.NeededRight;
import io.countersign.registry.Bucket;
import io.countersign.registry.Facts;
import io.countersign.registry.FactsQuery;
import io.countersign.registry.KeyRegistry;
import io.countersign.registry.Name;
import io.countersign.registry.Signer;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.session.Caller;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Says whether a caller may have a request signed, and with which key.
 *
 * <p>Every bucket that the request touches must belong to the account of the caller's role, whatever the policies say: the signer could reach others. Then
 * every right must be allowed by the caller's policies or a bucket's. ACLs give nothing here, for what an ACL opens to everybody needs no signature of ours.
 */
public final class SigningAuthority {
    /** Buckets of one call that are read before its caller is known: nobody makes a reader read more by merely naming them. */
    private static final int NAMED_AHEAD = 10;

    private final KeyRegistry registry;

    public SigningAuthority(KeyRegistry registry) {
        this.registry = registry;
    }

    /** What signing for these buckets will ask the registry for, for a call whose caller is yet to be known; of many buckets only some. */
    public static List<Name> names(Set<String> buckets) {
        return buckets.stream().limit(NAMED_AHEAD).<Name>map(Name.OfSigner::new).toList();
    }

    /** What the registry knows of these buckets, for any number of requests at once. */
    public Facts load(Set<String> buckets, Instant now) throws StoreUnavailable {
        FactsQuery query = new FactsQuery(Optional.empty(), buckets, Optional.empty());
        return registry.load(query, () -> signers(buckets, buckets.size()), now);
    }

    private static List<Name> signers(Set<String> buckets, int most) {
        return buckets.stream().limit(most).<Name>map(Name.OfSigner::new).toList();
    }

    /**
     * Judges one request.
     *
     * @param facts at least of the request's own {@link SignableRequest#buckets}; one that is missing counts as unknown
     * @throws SigningRefusal AccessDenied, or NoSigner when nobody can sign for the bucket
     * @throws StoreUnavailable when the registry does not answer
     */
    public Permit permit(Caller caller, SignableRequest request, Facts facts, Asker asker, Instant now)
            throws SigningRefusal, StoreUnavailable {
        List<NeededRight> needed = new ArrayList<>();
        for (Right right : request.rights()) {
            needed.add(NeededRight.on(right, owned(caller, right, facts)));
        }
        Conditions conditions = RequestConditions.of(request.request(), asker, now);
        switch (Authorizer.decide(caller.principal(), needed, conditions)) {
            case Decision.Allowed allowed -> {}
            case Decision.Denied denied -> throw DenialText.refusal(denied.reason(), request);
        }
        Bucket bucket = bucket(request.request(), facts);
        Signer signer = registry.signer(bucket, now).orElseThrow(SigningAuthority::noSigner);
        return new Permit(bucket, signer.key(), signer.user());
    }

    /**
     * Whether the signer may set ACLs where this upload goes and the caller may not: a form that leaves its ACL open would then lend the caller that right.
     *
     * @param permit of this very request
     */
    public boolean lendsAcl(Caller caller, SignableRequest upload, Permit permit, Asker asker, Instant now)
            throws SigningRefusal {
        Right right =
                new Right(UploadRule.ACL_ACTION, upload.rights().getFirst().scope());
        List<NeededRight> needed = List.of(NeededRight.on(right, permit.bucket().facts()));
        Conditions conditions = RequestConditions.of(upload.request(), asker, now);
        return !(Authorizer.decide(caller.principal(), needed, conditions) instanceof Decision.Allowed)
                && Authorizer.decide(permit.user(), needed, conditions) instanceof Decision.Allowed;
    }

    private static BucketFacts owned(Caller caller, Right right, Facts facts) throws SigningRefusal {
        Bucket bucket = facts.bucket(SignableRequest.bucketOf(right))
                .filter(found -> found.accountId().equals(caller.accountId()))
                .orElseThrow(SigningAuthority::notOwned);
        return new BucketFacts(bucket.name(), bucket.region(), bucket.accountId(), bucket.acl(), bucket.policy());
    }

    private static Bucket bucket(OssRequest request, Facts facts) throws SigningRefusal {
        return facts.bucket(SignableRequest.bucketOf(request.target())).orElseThrow(SigningAuthority::notOwned);
    }

    /** The same for a bucket that does not exist: whose it is, if anybody's, is not the caller's to know. */
    private static SigningRefusal notOwned() {
        return new SigningRefusal(
                SigningError.ACCESS_DENIED,
                "A bucket that this names does not belong to the account of your role; name one that does.");
    }

    private static SigningRefusal noSigner() {
        return new SigningRefusal(
                SigningError.NO_SIGNER, "The bucket has no signer with an Active key; register one, then ask again.");
    }
}
