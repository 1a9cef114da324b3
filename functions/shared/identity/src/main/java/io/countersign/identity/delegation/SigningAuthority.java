package io.countersign.identity.delegation;

import io.countersign.identity.Asker;
import io.countersign.identity.Caller;
import io.countersign.oss.OssRequest;
import io.countersign.oss.Right;
import io.countersign.policy.Authorizer;
import io.countersign.policy.BucketFacts;
import io.countersign.policy.Conditions;
import io.countersign.policy.Decision;
import io.countersign.policy.NeededRight;
import io.countersign.policy.Steps;
import io.countersign.registry.Bucket;
import io.countersign.registry.Facts;
import io.countersign.registry.FactsQuery;
import io.countersign.registry.KeyRegistry;
import io.countersign.registry.Name;
import io.countersign.registry.store.StoreUnavailable;
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
     * @param steps what the call may still cost
     * @throws SigningRefusal AccessDenied, NoSigner when nobody can sign for the bucket, or RequestTooCostly
     * @throws StoreUnavailable when the registry does not answer
     */
    public Permit permit(Caller caller, SignableRequest request, Facts facts, Asker asker, Steps steps, Instant now)
            throws SigningRefusal, StoreUnavailable {
        List<NeededRight> needed = needed(caller, request, facts);
        Conditions conditions = RequestConditions.of(request, asker, now);
        switch (Authorizer.decide(caller.principal(), needed, conditions, steps)) {
            case Decision.Allowed allowed -> {}
            case Decision.Denied denied -> throw DenialText.refusal(denied.reason(), request);
            case Decision.TooCostly unjudged -> throw SigningRefusal.tooCostly();
        }
        return permit(bucket(request.request(), facts), now).orElseThrow(SigningAuthority::noSigner);
    }

    /**
     * Judges the upload of a form. A form says more than was asked for, as its holder likes: it is permitted whatever that is, or with its ACL bound.
     *
     * @param facts as for {@link #permit}
     * @param steps as for {@link #permit}
     * @throws SigningRefusal as {@link #permit}
     * @throws StoreUnavailable as {@link #permit}
     */
    public UploadPermit permitUpload(
            Caller caller, SignableRequest upload, Facts facts, Asker asker, Steps steps, Instant now)
            throws SigningRefusal, StoreUnavailable {
        List<NeededRight> needed = needed(caller, upload, facts);
        Optional<Permit> permit = permit(bucket(upload.request(), facts), now);
        FormReach reach = new FormReach(needed.getFirst(), permit.map(Permit::user), steps);
        boolean bindsAcl =
                switch (reach.judge(caller.principal(), RequestConditions.of(upload, asker, now))) {
                    case FormReach.Allowed(boolean binds) -> binds;
                    case FormReach.Denied(Decision.Denied denied) -> throw DenialText.refusal(denied.reason(), upload);
                    case FormReach.TooCostly unjudged -> throw SigningRefusal.tooCostly();
                };
        return new UploadPermit(permit.orElseThrow(SigningAuthority::noSigner), bindsAcl);
    }

    private Optional<Permit> permit(Bucket bucket, Instant now) throws StoreUnavailable {
        return registry.signer(bucket, now).map(signer -> new Permit(bucket, signer.key(), signer.user()));
    }

    private static List<NeededRight> needed(Caller caller, SignableRequest request, Facts facts) throws SigningRefusal {
        List<NeededRight> needed = new ArrayList<>();
        for (Right right : request.rights()) {
            needed.add(NeededRight.on(right, owned(caller, right, facts)));
        }
        return needed;
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
