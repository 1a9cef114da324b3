package io.countersign.policy;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The policies that have a say in one right.
 *
 * @param identityKind empty for principals that have no policies of their own
 * @param identity the principal's own
 * @param session what narrows its session
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

    /** The first Deny that bites, whichever policy it stands in. */
    Optional<Statement.StatementRef> denying(AuthorizationQuery asked) {
        for (int i = 0; i < identity.size(); i++) {
            Optional<Statement> deny = identity.get(i).statements().denying(asked);
            if (deny.isPresent()) {
                return ref(identity.get(i), i, deny);
            }
        }
        Optional<Statement.StatementRef> ofSession = denying(session, asked);
        return ofSession.isPresent() ? ofSession : denying(bucket, asked);
    }

    Optional<Statement.StatementRef> identityAllowing(AuthorizationQuery asked) {
        for (int i = 0; i < identity.size(); i++) {
            Optional<Statement> allow = identity.get(i).statements().allowing(asked);
            if (allow.isPresent()) {
                return ref(identity.get(i), i, allow);
            }
        }
        return Optional.empty();
    }

    Optional<Statement.StatementRef> sessionAllowing(AuthorizationQuery asked) {
        return allowing(session, asked);
    }

    Optional<Statement.StatementRef> bucketAllowing(AuthorizationQuery asked) {
        return allowing(bucket, asked);
    }

    /** The keys that are unknown to the Condition of a statement that spoke. */
    List<ClauseKey> unknown(Statement.StatementRef spoke, AuthorizationQuery asked) {
        return document(spoke).statements().inOrder().get(spoke.statement()).stream()
                .flatMap(statement -> statement.clauses().unknown(asked, asked.steps()).stream())
                .toList();
    }

    /** The keys that are unknown to the Allows of the principal's own policies that would have matched with some values of them. */
    List<ClauseKey> unknownToIdentity(AuthorizationQuery asked) {
        return unknown(identity.stream(), asked);
    }

    /** As {@link #unknownToIdentity}, of the session policy. */
    List<ClauseKey> unknownToSession(AuthorizationQuery asked) {
        return unknown(session.stream(), asked);
    }

    /** As {@link #unknownToIdentity}, of the bucket policy. */
    List<ClauseKey> unknownToBucket(AuthorizationQuery asked) {
        return unknown(bucket.stream(), asked);
    }

    private static List<ClauseKey> unknown(Stream<PolicyDocument> policies, AuthorizationQuery asked) {
        return policies.flatMap(policy -> policy.statements().undecidedAllows(asked).stream())
                .flatMap(statement -> statement.clauses().unknown(asked, asked.steps()).stream())
                .toList();
    }

    private PolicyDocument document(Statement.StatementRef ref) {
        return switch (ref.kind()) {
            case IDENTITY, ROLE -> identity.get(ref.document());
            case SESSION -> session.orElseThrow();
            case BUCKET -> bucket.orElseThrow();
        };
    }

    private static Optional<Statement.StatementRef> denying(Optional<PolicyDocument> policy, AuthorizationQuery asked) {
        return policy.isEmpty()
                ? Optional.empty()
                : ref(policy.get(), 0, policy.get().statements().denying(asked));
    }

    private static Optional<Statement.StatementRef> allowing(
            Optional<PolicyDocument> policy, AuthorizationQuery asked) {
        return policy.isEmpty()
                ? Optional.empty()
                : ref(policy.get(), 0, policy.get().statements().allowing(asked));
    }

    private static Optional<Statement.StatementRef> ref(
            PolicyDocument policy, int document, Optional<Statement> statement) {
        return statement.isEmpty()
                ? Optional.empty()
                : Optional.of(new Statement.StatementRef(
                        policy.kind(), document, statement.get().index()));
    }
}
