package io.countersign.policy;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The policies that apply to one right.
 *
 * @param identityKind empty for principals without policies of their own
 * @param identity the principal's own policies
 * @param session the session policy
 */
record Policies(
        Optional<PolicyDocument.Kind> identityKind,
        List<PolicyDocument> identity,
        Optional<PolicyDocument> session,
        Optional<PolicyDocument> bucket) {
    private static final Optional<PolicyDocument.Kind> USER = Optional.of(PolicyDocument.Kind.IDENTITY);
    private static final Optional<PolicyDocument.Kind> ROLE = Optional.of(PolicyDocument.Kind.ROLE);

    static Policies of(Principal principal, Optional<BucketFacts> facts) {
        Optional<PolicyDocument> bucket =
                facts.isEmpty() ? Optional.empty() : facts.get().policy();
        return switch (principal) {
            case Principal.RamUser user -> new Policies(USER, user.policies(), Optional.empty(), bucket);
            case Principal.AssumedRole role -> new Policies(ROLE, role.policies(), role.session(), bucket);
            case Principal.Account account -> ofBucketAlone(bucket);
            case Principal.Anonymous anonymous -> ofBucketAlone(bucket);
        };
    }

    private static Policies ofBucketAlone(Optional<PolicyDocument> bucket) {
        return new Policies(Optional.empty(), List.of(), Optional.empty(), bucket);
    }

    /** Returns the first Deny that applies, in any of the policies. */
    Optional<Statement.Ref> denying(AuthorizationQuery query) {
        for (int i = 0; i < identity.size(); i++) {
            Optional<Statement> deny = identity.get(i).statements().denying(query);
            if (deny.isPresent()) {
                return ref(identity.get(i), i, deny);
            }
        }
        Optional<Statement.Ref> ofSession = denying(session, query);
        return ofSession.isPresent() ? ofSession : denying(bucket, query);
    }

    Optional<Statement.Ref> identityAllowing(AuthorizationQuery query) {
        for (int i = 0; i < identity.size(); i++) {
            Optional<Statement> allow = identity.get(i).statements().allowing(query);
            if (allow.isPresent()) {
                return ref(identity.get(i), i, allow);
            }
        }
        return Optional.empty();
    }

    Optional<Statement.Ref> sessionAllowing(AuthorizationQuery query) {
        return allowing(session, query);
    }

    Optional<Statement.Ref> bucketAllowing(AuthorizationQuery query) {
        return allowing(bucket, query);
    }

    /** Returns the unknown keys in the Condition of a statement that applied. */
    List<ClauseKey> unknown(Statement.Ref spoke, AuthorizationQuery query) {
        return document(spoke).statements().inOrder().get(spoke.statement()).stream()
                .flatMap(statement -> statement.clauses().unknown(query, query.budget()).stream())
                .toList();
    }

    /** Returns the unknown keys of the principal's Allows that would have matched for some values of them. */
    List<ClauseKey> unknownToIdentity(AuthorizationQuery query) {
        return unknown(identity.stream(), query);
    }

    /** As {@link #unknownToIdentity}, for the session policy. */
    List<ClauseKey> unknownToSession(AuthorizationQuery query) {
        return unknown(session.stream(), query);
    }

    /** As {@link #unknownToIdentity}, for the bucket policy. */
    List<ClauseKey> unknownToBucket(AuthorizationQuery query) {
        return unknown(bucket.stream(), query);
    }

    private static List<ClauseKey> unknown(Stream<PolicyDocument> policies, AuthorizationQuery query) {
        return policies.flatMap(policy -> policy.statements().undecidedAllows(query).stream())
                .flatMap(statement -> statement.clauses().unknown(query, query.budget()).stream())
                .toList();
    }

    private PolicyDocument document(Statement.Ref ref) {
        return switch (ref.kind()) {
            case IDENTITY, ROLE -> identity.get(ref.document());
            case SESSION -> session.orElseThrow();
            case BUCKET -> bucket.orElseThrow();
        };
    }

    private static Optional<Statement.Ref> denying(Optional<PolicyDocument> policy, AuthorizationQuery query) {
        return policy.isEmpty()
                ? Optional.empty()
                : ref(policy.get(), 0, policy.get().statements().denying(query));
    }

    private static Optional<Statement.Ref> allowing(Optional<PolicyDocument> policy, AuthorizationQuery query) {
        return policy.isEmpty()
                ? Optional.empty()
                : ref(policy.get(), 0, policy.get().statements().allowing(query));
    }

    private static Optional<Statement.Ref> ref(PolicyDocument policy, int document, Optional<Statement> statement) {
        return statement.isEmpty()
                ? Optional.empty()
                : Optional.of(new Statement.Ref(
                        policy.kind(), document, statement.get().index()));
    }
}
