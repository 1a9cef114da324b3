package io.countersign.identity.delegation;

import io.countersign.identity.Caller;
import io.countersign.identity.ClientContext;
import io.countersign.identity.limits.LimitExceededException;
import io.countersign.identity.limits.SubjectLimits;
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
import io.countersign.policy.RequestKeys;
import io.countersign.policy.StepBudget;
import io.countersign.policy.TraceStep;
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
 * Authorizes the signing of a request for a caller, and finds the key that signs it.
 *
 * <p>Every bucket of the request must belong to the account of the caller's role, whatever the policies allow, because the signer may have access to others. The
 * policies of the caller or of the bucket must allow every right. ACLs grant nothing here, because access that an ACL grants to everyone needs no signature.
 *
 * <p>A permit has no key. {@link #grant} and {@link #grants} give it and count each signature for the caller's subject, so that no endpoint can sign without being counted. What is
 * refused before is not counted, since nobody gets a signature by it. What is granted stays counted, whether the endpoint then signs or not: grant last.
 */
public final class SigningAuthority {
    /** The most buckets of a call that are read before its caller is known, so that unauthenticated callers cannot cause many reads. */
    private static final int MAX_UNAUTHENTICATED = 10;

    private final KeyRegistry registry;
    private final SubjectLimits limits;

    /** @param limits of this process, which everything that signs for callers shares */
    public SigningAuthority(KeyRegistry registry, SubjectLimits limits) {
        this.registry = registry;
        this.limits = limits;
    }

    /** The records that signing for these buckets needs, for a call whose caller is not yet known; for many buckets only some of them. */
    public static List<ReadAhead.Hint> names(Set<String> buckets) {
        return buckets.stream()
                .limit(MAX_UNAUTHENTICATED)
                .<ReadAhead.Hint>map(ReadAhead.Hint.OfSigner::new)
                .toList();
    }

    /** Loads the records of these buckets, for any number of requests. */
    public Facts load(Set<String> buckets, Instant now) throws StoreUnavailable {
        Facts.Query query = new Facts.Query(Optional.empty(), buckets, Optional.empty());
        return registry.load(query, () -> signers(buckets, buckets.size()), now);
    }

    private static List<ReadAhead.Hint> signers(Set<String> buckets, int max) {
        return buckets.stream()
                .limit(max)
                .<ReadAhead.Hint>map(ReadAhead.Hint.OfSigner::new)
                .toList();
    }

    /**
     * Authorizes one request.
     *
     * @param facts with at least the request's {@link SignableRequest#buckets}; a missing bucket counts as unknown
     * @param steps the remaining budget of the call
     * @throws SigningRefusal AccessDenied, NoSigner when the bucket has no signer with an active key, or RequestTooCostly
     * @throws StoreUnavailable when the registry does not answer
     */
    public SigningPermit permit(
            Caller caller, SignableRequest request, Facts facts, ClientContext client, StepBudget steps, Instant now)
            throws SigningRefusal, StoreUnavailable {
        List<NeededRight> needed = needed(caller, request, facts);
        Conditions conditions = RequestConditions.of(request, client, now);
        Optional<String> rule =
                switch (Authorizer.decide(caller.principal(), needed, conditions, steps)) {
                    case Decision.Allowed allowed -> TraceStep.decidingRule(allowed.trace());
                    case Decision.Denied denied -> throw DenialText.refusal(denied, request);
                    case Decision.TooCostly unjudged -> throw SigningRefusal.tooCostly();
                };
        return permit(caller, bucket(request.request(), facts), now)
                .orElseThrow(SigningAuthority::noSigner)
                .by(rule);
    }

    /**
     * Authorizes the upload of a form. The holder of the form chooses its further fields, so the permit covers any of them, or requires that the form fixes its ACL.
     *
     * @param facts as for {@link #permit}
     * @param steps as for {@link #permit}
     * @throws SigningRefusal as {@link #permit}
     * @throws StoreUnavailable as {@link #permit}
     */
    public UploadPermit permitUpload(
            Caller caller, SignableRequest upload, Facts facts, ClientContext client, StepBudget steps, Instant now)
            throws SigningRefusal, StoreUnavailable {
        List<NeededRight> needed = needed(caller, upload, facts);
        Optional<SigningPermit> permit = permit(caller, bucket(upload.request(), facts), now);
        FormReach reach = new FormReach(needed.getFirst(), permit.map(SigningPermit::user), steps);
        FormReach.Allowed allowed =
                switch (reach.judge(caller.principal(), RequestConditions.of(upload, client, now))) {
                    case FormReach.Allowed some -> some;
                    case FormReach.Denied(Decision.Denied denied) -> throw DenialText.refusal(denied, upload);
                    case FormReach.TooCostly unjudged -> throw SigningRefusal.tooCostly();
                };
        SigningPermit ruled =
                permit.orElseThrow(SigningAuthority::noSigner).by(TraceStep.decidingRule(allowed.trace()));
        return new UploadPermit(ruled, allowed.bindsAcl());
    }

    private Optional<SigningPermit> permit(Caller caller, Bucket bucket, Instant now) throws StoreUnavailable {
        return registry.signer(bucket, now)
                .map(signer -> new SigningPermit(caller, bucket, signer.key(), signer.user(), Optional.empty()));
    }

    /**
     * Counts one signature and gives its key. Reads no store.
     *
     * @throws SigningRefusal TooManyRequests past the limit of the caller's role
     */
    public SigningGrant grant(SigningPermit permit, Instant now) throws SigningRefusal {
        return grants(List.of(permit), now).getFirst();
    }

    /**
     * Counts one signature for each permit, all of them or none, and gives their keys in the same order. Reads no store.
     *
     * @param permits of one caller
     * @throws SigningRefusal TooManyRequests when they do not fit into the limit of the caller's role
     */
    public List<SigningGrant> grants(List<SigningPermit> permits, Instant now) throws SigningRefusal {
        if (permits.isEmpty()) {
            return List.of();
        }
        Caller caller = permits.getFirst().caller();
        if (permits.stream().anyMatch(permit -> permit.caller() != caller)) {
            throw new IllegalArgumentException("permits are granted for one caller at a time");
        }
        try {
            limits.signatures(caller.limited(), caller.role().limits(), permits.size(), now);
        } catch (LimitExceededException exceeded) {
            throw SigningRefusal.of(exceeded);
        }
        return permits.stream().map(SigningGrant::new).toList();
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
                .orElseThrow(SigningRefusal::foreign);
        return new BucketFacts(bucket.name(), bucket.region(), bucket.accountId(), bucket.acl(), bucket.policy());
    }

    private static Bucket bucket(OssRequest request, Facts facts) throws SigningRefusal {
        return facts.bucket(SignableRequest.bucketOf(request.target())).orElseThrow(SigningRefusal::foreign);
    }

    private static SigningRefusal noSigner() {
        return new SigningRefusal(
                SigningRefusal.Code.NO_SIGNER,
                "The bucket has no signer with an Active key; register one, then ask again.");
    }

    /**
     * The permission to sign a form.
     *
     * @param bindsAcl whether the form must not change the object's ACL
     */
    public record UploadPermit(SigningPermit permit, boolean bindsAcl) {}

    /** The conditions of a request to sign. */
    static final class RequestConditions {
        private RequestConditions() {}

        static Conditions of(SignableRequest request, ClientContext client, Instant now) throws SigningRefusal {
            Conditions.Builder conditions = client.conditions(now, Optional.empty());
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

        /** The holder of a form fills in its fields. */
        private static boolean isForm(SignableRequest request) {
            return request.operation() == Operation.POST_OBJECT;
        }
    }

    /** A signature that was counted. Only {@link SigningAuthority} makes one. */
    public static final class SigningGrant {
        private final SigningPermit permit;

        private SigningGrant(SigningPermit permit) {
            this.permit = permit;
        }

        /** The bucket of the request. */
        public Bucket bucket() {
            return permit.bucket();
        }

        /** The key that signs for that bucket. */
        public AccessKey signer() {
            return permit.key();
        }
    }

    /** Describes a denial to the caller: the action, the object, and whether a policy denies it or none allows it. It quotes no policy. */
    static final class DenialText {
        private DenialText() {}

        static SigningRefusal refusal(Decision.Denied denied, SignableRequest request) {
            return refusal(denied.reason(), request).by(TraceStep.decidingRule(denied.trace()));
        }

        private static SigningRefusal refusal(Decision.DenialReason reason, SignableRequest request) {
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
