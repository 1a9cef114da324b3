package io.countersign.policy;

import io.countersign.oss.Acl;
import io.countersign.oss.Right;
import io.countersign.oss.Scope;
import io.countersign.oss.Target;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Judges one right, step by step; every step that was taken is written to the trace. */
final class RightEvaluator {
    private final Principal principal;
    private final NeededRight needed;
    private final AuthorizationQuery asked;
    private final List<TraceStep> trace;
    private final Policies policies;

    RightEvaluator(Principal principal, NeededRight needed, AuthorizationQuery asked, List<TraceStep> trace) {
        this.principal = principal;
        this.needed = needed;
        this.asked = asked;
        this.trace = trace;
        this.policies = Policies.of(principal, needed.bucket());
    }

    /** Empty when the right is given. */
    Optional<Decision.DenialReason> judge() {
        Optional<Decision.DenialReason> denied = explicitly(right(), asked);
        Optional<Right> plain = denied.isEmpty() ? right().plain() : Optional.empty();
        if (plain.isPresent()) {
            denied = explicitly(plain.get(), asked.about(plain.get().action()));
        }
        if (denied.isPresent()) {
            return denied;
        }
        if (right().need() == Right.Need.POSSIBLE) {
            return Optional.empty();
        }
        if (policies.session().isPresent()) {
            Optional<Statement.StatementRef> session = policies.sessionAllowing(asked);
            if (session.isEmpty()) {
                return implicitly(
                        Decision.DecidedBy.SESSION_POLICY,
                        "the session policy does not allow ",
                        named(() -> policies.unknownToSession(asked)));
            }
            step(Decision.DecidedBy.SESSION_POLICY, TraceStep.Outcome.PASS, session.get(), " lets ", () -> " through");
        }
        if (isOwner() || isAllowedByIdentity() || isAllowedByBucket()) {
            return Optional.empty();
        }
        return byAcl();
    }

    private Optional<Decision.DenialReason> explicitly(Right right, AuthorizationQuery about) {
        Optional<Statement.StatementRef> deny = policies.denying(about);
        if (deny.isEmpty()) {
            return Optional.empty();
        }
        Decision.DecidedBy by = Decision.DecidedBy.of(deny.get().kind());
        Supplier<String> unknown = named(() -> policies.unknown(deny.get(), about));
        trace.add(new TraceStep(
                by.step(), TraceStep.Outcome.DENY, () -> deny.get().saying(" denies ", what(right), unknown.get())));
        return Optional.of(new Decision.DenialReason(right, Decision.DenialReason.Type.EXPLICIT_DENY, by, deny));
    }

    private boolean isOwner() {
        if (!(principal instanceof Principal.Account) || !ownsPlace()) {
            return false;
        }
        step(Decision.DecidedBy.OWNER, TraceStep.Outcome.ALLOW, "the account has full rights on what it owns: ", "");
        return true;
    }

    private boolean isAllowedByIdentity() {
        Optional<PolicyDocument.Kind> kind = policies.identityKind();
        if (kind.isEmpty()) {
            return false;
        }
        Decision.DecidedBy by = Decision.DecidedBy.of(kind.get());
        if (!ownsPlace()) {
            String label = kind.get().label();
            trace.add(new TraceStep(
                    by.step(),
                    TraceStep.Outcome.NO_MATCH,
                    () -> "the bucket belongs to another account, where a " + label + " allows nothing"));
            return false;
        }
        return allowed(
                by, policies.identityAllowing(asked), kind.get().label(), () -> policies.unknownToIdentity(asked));
    }

    private boolean isAllowedByBucket() {
        return policies.bucket().isPresent()
                && allowed(
                        Decision.DecidedBy.BUCKET_POLICY,
                        policies.bucketAllowing(asked),
                        "statement of the bucket policy",
                        () -> policies.unknownToBucket(asked));
    }

    private boolean allowed(
            Decision.DecidedBy by,
            Optional<Statement.StatementRef> allow,
            String none,
            Supplier<List<ClauseKey>> unknown) {
        if (allow.isEmpty()) {
            step(by, TraceStep.Outcome.NO_MATCH, "no " + none + " allows ", named(unknown));
            return false;
        }
        step(by, TraceStep.Outcome.ALLOW, allow.get(), " allows ", () -> "");
        return true;
    }

    private Optional<Decision.DenialReason> byAcl() {
        if (needed.bucket().isEmpty() || needed.aclClass() == Acl.AclClass.NONE) {
            return implicitly(Decision.DecidedBy.DEFAULT, "nothing allows ", ", and no ACL covers it");
        }
        if (right().scope() instanceof Scope.ObjectPrefix) {
            return implicitly(
                    Decision.DecidedBy.DEFAULT, "nothing allows ", ", and each object may have an ACL of its own");
        }
        Acl own = needed.objectAcl().orElse(Acl.DEFAULT);
        return own == Acl.DEFAULT
                ? byAcl(
                        Decision.DecidedBy.BUCKET_ACL,
                        "the bucket's ACL ",
                        needed.bucket().get().acl())
                : byAcl(Decision.DecidedBy.OBJECT_ACL, "the object's ACL ", own);
    }

    private Optional<Decision.DenialReason> byAcl(Decision.DecidedBy by, String subject, Acl acl) {
        if (!needed.aclClass().isOpenUnder(acl)) {
            return implicitly(by, subject + acl.text() + " does not open ", "");
        }
        step(by, TraceStep.Outcome.ALLOW, subject + acl.text() + " opens ", "");
        return Optional.empty();
    }

    private Optional<Decision.DenialReason> implicitly(Decision.DecidedBy by, String before, String after) {
        return implicitly(by, before, () -> after);
    }

    private Optional<Decision.DenialReason> implicitly(Decision.DecidedBy by, String before, Supplier<String> after) {
        step(by, TraceStep.Outcome.DENY, before, after);
        return Optional.of(
                new Decision.DenialReason(right(), Decision.DenialReason.Type.IMPLICIT_DENY, by, Optional.empty()));
    }

    /** The service belongs to whoever asks for it; the anonymous own nothing. */
    private boolean ownsPlace() {
        return !(principal instanceof Principal.Anonymous)
                && asked.resource().owner().equals(principal.accountId());
    }

    private Right right() {
        return needed.right();
    }

    private static String what(Right right) {
        return right.action() + " on "
                + (right.scope() instanceof Target.Service
                        ? "the service"
                        : right.scope().path());
    }

    private static Supplier<String> named(Supplier<List<ClauseKey>> unknown) {
        return () -> UnknownKeys.named(unknown);
    }

    private void step(Decision.DecidedBy by, TraceStep.Outcome outcome, String before, String after) {
        step(by, outcome, before, () -> after);
    }

    /** A sentence with the right in its middle. */
    private void step(Decision.DecidedBy by, TraceStep.Outcome outcome, String before, Supplier<String> after) {
        Right right = right();
        trace.add(new TraceStep(by.step(), outcome, () -> before + what(right) + after.get()));
    }

    /** A sentence whose subject is a statement. */
    private void step(
            Decision.DecidedBy by,
            TraceStep.Outcome outcome,
            Statement.StatementRef statement,
            String verb,
            Supplier<String> end) {
        Right right = right();
        trace.add(new TraceStep(by.step(), outcome, () -> statement.saying(verb, what(right), end.get())));
    }

    /** How a step of the trace names the condition keys that were unknown where that decided. */
    static final class UnknownKeys {
        /** Further ones would make a sentence that nobody reads. */
        private static final int MOST = 10;

        private static final String UNNAMED = " (keys may be unknown: looking for them takes too many steps)";

        private UnknownKeys() {}

        /** As {@link #named(Collection)}, of keys that may cost more than what is left of the request's steps to find. */
        static String named(Supplier<List<ClauseKey>> keys) {
            try {
                return named(keys.get());
            } catch (StepBudget.Spent spent) {
                return UNNAMED;
            }
        }

        /** {@code " (unknown: acs:SourceVpc, oss:BucketTag/team)"}; nothing when no key was unknown. */
        static String named(Collection<ClauseKey> keys) {
            return keys.isEmpty()
                    ? ""
                    : keys.stream()
                            .map(ClauseKey::text)
                            .distinct()
                            .limit(MOST)
                            .collect(Collectors.joining(", ", " (unknown: ", ")"));
        }
    }
}
