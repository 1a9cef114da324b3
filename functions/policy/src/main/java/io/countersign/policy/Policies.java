package io.countersign.policy;

import java.util.List;
import java.util.Optional;

/**
 * The policies that have a say in one right.
 *
 * @param identityKind empty for principals that have no policies of their own
 * @param identity the principal's own
 * @param session what narrows its session
 */
record Policies(
        Optional<PolicyKind> identityKind,
        List<PolicyDocument> identity,
        Optional<PolicyDocument> session,
        Optional<PolicyDocument> bucket) {
    static Policies of(Principal principal, Optional<BucketFacts> facts) {
        Optional<PolicyDocument> bucket = facts.flatMap(BucketFacts::policy);
        return switch (principal) {
            case Principal.RamUser user ->
                new Policies(Optional.of(PolicyKind.IDENTITY), user.policies(), Optional.empty(), bucket);
            case Principal.AssumedRole role ->
                new Policies(Optional.of(PolicyKind.ROLE), role.policies(), role.session(), bucket);
            case Principal.Account account -> ofBucketAlone(bucket);
            case Principal.Anonymous anonymous -> ofBucketAlone(bucket);
        };
    }

    private static Policies ofBucketAlone(Optional<PolicyDocument> bucket) {
        return new Policies(Optional.empty(), List.of(), Optional.empty(), bucket);
    }

    /** The first Deny that bites, whichever policy it stands in. */
    Optional<StatementRef> denying(Asked asked) {
        for (int i = 0; i < identity.size(); i++) {
            Optional<Statement> deny = identity.get(i).statements().denying(asked);
            if (deny.isPresent()) {
                return Optional.of(ref(identity.get(i), i, deny.get()));
            }
        }
        Optional<StatementRef> ofSession =
                session.flatMap(policy -> refTo(policy, policy.statements().denying(asked)));
        return ofSession.isPresent()
                ? ofSession
                : bucket.flatMap(policy -> refTo(policy, policy.statements().denying(asked)));
    }

    Optional<StatementRef> identityAllowing(Asked asked) {
        for (int i = 0; i < identity.size(); i++) {
            Optional<Statement> allow = identity.get(i).statements().allowing(asked);
            if (allow.isPresent()) {
                return Optional.of(ref(identity.get(i), i, allow.get()));
            }
        }
        return Optional.empty();
    }

    Optional<StatementRef> sessionAllowing(Asked asked) {
        return session.flatMap(policy -> refTo(policy, policy.statements().allowing(asked)));
    }

    Optional<StatementRef> bucketAllowing(Asked asked) {
        return bucket.flatMap(policy -> refTo(policy, policy.statements().allowing(asked)));
    }

    private static Optional<StatementRef> refTo(PolicyDocument policy, Optional<Statement> statement) {
        return statement.map(found -> ref(policy, 0, found));
    }

    private static StatementRef ref(PolicyDocument policy, int document, Statement statement) {
        return new StatementRef(policy.kind(), document, statement.index());
    }
}
