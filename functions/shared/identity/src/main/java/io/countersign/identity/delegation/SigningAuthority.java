package io.countersign.identity.delegation;

import io.countersign.identity.Caller;
import io.countersign.identity.ClientContext;
import io.countersign.oss.Operation;
import io.countersign.oss.OssRefusal;
import io.countersign.oss.OssRequest;
import io.countersign.oss.Right;
import io.countersign.oss.Scope;
import io.countersign.policy.Authorizer;
import io.countersign.policy.BucketFacts;
import io.countersign.policy.ConditionKey;
import io.countersign.policy.Conditions;
import io.countersign.policy.Decision;
import io.countersign.policy.KeyState;
import io.countersign.policy.NeededRight;
import io.countersign.policy.PlaceTags;
import io.countersign.policy.Principal;
import io.countersign.policy.RequestKeys;
import io.countersign.policy.StepBudget;
import io.countersign.registry.Bucket;
import io.countersign.registry.Facts;
import io.countersign.registry.KeyRegistry;
import io.countersign.registry.ReadAhead;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.signing.AccessKey;
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
    public static List<ReadAhead.Hint> names(Set<String> buckets) {
        return buckets.stream()
                .limit(NAMED_AHEAD)
                .<ReadAhead.Hint>map(ReadAhead.Hint.OfSigner::new)
                .toList();
    }

    /** What the registry knows of these buckets, for any number of requests at once. */
    public Facts load(Set<String> buckets, Instant now) throws StoreUnavailable {
        Facts.FactsQuery query = new Facts.FactsQuery(Optional.empty(), buckets, Optional.empty());
        return registry.load(query, () -> signers(buckets, buckets.size()), now);
    }

    private static List<ReadAhead.Hint> signers(Set<String> buckets, int most) {
        return buckets.stream()
                .limit(most)
                .<ReadAhead.Hint>map(ReadAhead.Hint.OfSigner::new)
                .toList();
    }

    /**
     * Judges one request.
     *
     * @param facts at least of the request's own {@link SignableRequest#buckets}; one that is missing counts as unknown
     * @param steps what the call may still cost
     * @throws SigningRefusal AccessDenied, NoSigner when nobody can sign for the bucket, or RequestTooCostly
     * @throws StoreUnavailable when the registry does not answer
     */
    public SigningGrant permit(
            Caller caller, SignableRequest request, Facts facts, ClientContext asker, StepBudget steps, Instant now)
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
            Caller caller, SignableRequest upload, Facts facts, ClientContext asker, StepBudget steps, Instant now)
            throws SigningRefusal, StoreUnavailable {
        List<NeededRight> needed = needed(caller, upload, facts);
        Optional<SigningGrant> permit = permit(bucket(upload.request(), facts), now);
        FormReach reach = new FormReach(needed.getFirst(), permit.map(SigningGrant::user), steps);
        boolean bindsAcl =
                switch (reach.judge(caller.principal(), RequestConditions.of(upload, asker, now))) {
                    case FormReach.Allowed(boolean binds) -> binds;
                    case FormReach.Denied(Decision.Denied denied) -> throw DenialText.refusal(denied.reason(), upload);
                    case FormReach.TooCostly unjudged -> throw SigningRefusal.tooCostly();
                };
        return new UploadPermit(permit.orElseThrow(SigningAuthority::noSigner), bindsAcl);
    }

    private Optional<SigningGrant> permit(Bucket bucket, Instant now) throws StoreUnavailable {
        return registry.signer(bucket, now).map(signer -> new SigningGrant(bucket, signer.key(), signer.user()));
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
                SigningRefusal.Code.ACCESS_DENIED,
                "A bucket that this names does not belong to the account of your role; name one that does.");
    }

    private static SigningRefusal noSigner() {
        return new SigningRefusal(
                SigningRefusal.Code.NO_SIGNER,
                "The bucket has no signer with an Active key; register one, then ask again.");
    }

    /**
     * That a form may be signed.
     *
     * @param bindsAcl whether the form must leave the object's ACL alone
     */
    public record UploadPermit(SigningGrant permit, boolean bindsAcl) {}

    /** What policies may ask about a request that is to be signed. */
    static final class RequestConditions {
        private RequestConditions() {}

        static Conditions of(SignableRequest request, ClientContext asker, Instant now) throws SigningRefusal {
            Conditions.Builder conditions = asker.conditions(now, Optional.empty());
            try {
                RequestKeys.tell(request.request(), Optional.of(request.operation()), conditions);
            } catch (OssRefusal refusal) {
                throw SigningRefusal.of(refusal);
            }
            return isForm(request)
                    ? conditions
                            .tell(ConditionKey.OBJECT_ACL, KeyState.unknown())
                            .requestObjectTags(PlaceTags.Tags.UNKNOWN)
                            .build()
                    : conditions.build();
        }

        /** Its fields are its holder's to fill in. */
        private static boolean isForm(SignableRequest request) {
            return request.operation() == Operation.POST_OBJECT;
        }
    }

    /**
     * A request may be signed for its caller.
     *
     * @param bucket the request's
     * @param signer the key that signs for that bucket
     * @param user whose key it is
     */
    public record SigningGrant(Bucket bucket, AccessKey signer, Principal.RamUser user) {}

    /** A denial in words for the caller: the action, which object of the request it was needed on, and whether somebody denied or nobody allowed. No policy is quoted. */
    static final class DenialText {
        private DenialText() {}

        static SigningRefusal refusal(Decision.DenialReason reason, SignableRequest request) {
            String action = reason.right().action();
            String where = where(reason.right().scope(), request);
            String why =
                    switch (reason.type()) {
                        case EXPLICIT_DENY -> "a policy denies it explicitly";
                        case IMPLICIT_DENY ->
                            switch (reason.decidedBy()) {
                                case SESSION_POLICY -> "the session policy does not allow it";
                                case OWNER, RAM_POLICY, ROLE_POLICY, BUCKET_POLICY, OBJECT_ACL, BUCKET_ACL, DEFAULT ->
                                    "no policy of the role or the bucket allows it";
                            };
                    };
            return new SigningRefusal(
                    SigningRefusal.Code.ACCESS_DENIED,
                    "Your session may not " + action + " on " + where + ": " + why
                            + ". Ask for what it may do, or have its role changed.");
        }

        private static String where(Scope scope, SignableRequest request) {
            if (scope instanceof Scope.ObjectPrefix) {
                return "every object below this prefix";
            }
            return scope.equals(request.request().target()) ? "this object" : "a further object that the request names";
        }
    }
}
