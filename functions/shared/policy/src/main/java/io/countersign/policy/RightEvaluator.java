package io.countersign.policy;

import io.countersign.oss.Acl;
import io.countersign.oss.Right;
import io.countersign.oss.Scope;
import io.countersign.oss.Target;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Evaluates one right and records every step in the trace. */
final class RightEvaluator {
    private final Principal principal;
    private final NeededRight needed;
    private final AuthorizationQuery query;
    private final List<TraceStep> trace;
    private final Policies policies;

    RightEvaluator(Principal principal, NeededRight needed, AuthorizationQuery query, List<TraceStep> trace) {
        this.principal = principal;
        this.needed = needed;
        this.query = query;
        this.trace = trace;
        this.policies = Policies.of(principal, needed.bucket());
    }

    /** Returns empty when the right is granted. */
    Optional<Decision.DenialReason> judge() {
        Optional<Decision.DenialReason> denied = explicitly(right(), query);
        Optional<Right> plain = denied.isEmpty() ? right().plain() : Optional.empty();
        if (plain.isPresent()) {
            denied = explicitly(plain.get(), query.about(plain.get().action()));
        }
        if (denied.isPresent()) {
            return denied;
        }
        if (right().need() == Right.Need.POSSIBLE) {
            return Optional.empty();
        }
        if (policies.session().isPresent()) {
            Optional<Statement.Ref> session = policies.sessionAllowing(query);
            if (session.isEmpty()) {
                return implicitly(
                        Decision.DecidedBy.SESSION_POLICY,
                        "the session policy does not allow ",
                        named(() -> policies.unknownToSession(query)),
                        Decision.DecidedBy.SESSION_POLICY::step);
            }
            step(Decision.DecidedBy.SESSION_POLICY, TraceStep.Outcome.PASS, session.get(), " lets ", () -> " through");
        }
        if (isOwner() || isAllowedByIdentity() || isAllowedByBucket()) {
            return Optional.empty();
        }
        return byAcl();
    }

    private Optional<Decision.DenialReason> explicitly(Right right, AuthorizationQuery about) {
        Optional<Statement.Ref> deny = policies.denying(about);
        if (deny.isEmpty()) {
            return Optional.empty();
        }
        Decision.DecidedBy by = Decision.DecidedBy.of(deny.get().kind());
        Supplier<String> unknown = named(() -> policies.unknown(deny.get(), about));
        trace.add(new TraceStep(
                by.step(),
                TraceStep.Outcome.DENY,
                text -> {
                    deny.get().appendTo(text);
                    appendWhat(right, text.append(" denies "));
                    text.append(unknown.get());
                },
                deny.get()::toString));
        return Optional.of(new Decision.DenialReason(right, Decision.DenialReason.Type.EXPLICIT_DENY, by, deny));
    }

    private boolean isOwner() {
        if (!(principal instanceof Principal.Account) || !ownsPlace()) {
            return false;
        }
        step(
                Decision.DecidedBy.OWNER,
                TraceStep.Outcome.ALLOW,
                "the account has full rights on what it owns: ",
                () -> "",
                Decision.DecidedBy.OWNER::step);
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
                    "the bucket belongs to another account, where a " + label + " allows nothing"));
            return false;
        }
        return allowed(
                by, policies.identityAllowing(query), kind.get().label(), () -> policies.unknownToIdentity(query));
    }

    private boolean isAllowedByBucket() {
        return policies.bucket().isPresent()
                && allowed(
                        Decision.DecidedBy.BUCKET_POLICY,
                        policies.bucketAllowing(query),
                        "statement of the bucket policy",
                        () -> policies.unknownToBucket(query));
    }

    private boolean allowed(
            Decision.DecidedBy by, Optional<Statement.Ref> allow, String none, Supplier<List<ClauseKey>> unknown) {
        if (allow.isEmpty()) {
            step(by, TraceStep.Outcome.NO_MATCH, "no " + none + " allows ", named(unknown));
            return false;
        }
        step(by, TraceStep.Outcome.ALLOW, allow.get(), " allows ", () -> "");
        return true;
    }

    private Optional<Decision.DenialReason> byAcl() {
        if (needed.bucket().isEmpty() || needed.aclClass() == Acl.Access.NONE) {
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
        Supplier<String> rule = () -> by.step() + " " + acl.text();
        if (!needed.aclClass().isOpenUnder(acl)) {
            return implicitly(by, subject + acl.text() + " does not open ", () -> "", rule);
        }
        step(by, TraceStep.Outcome.ALLOW, subject + acl.text() + " opens ", () -> "", rule);
        return Optional.empty();
    }

    private Optional<Decision.DenialReason> implicitly(Decision.DecidedBy by, String before, String after) {
        return implicitly(by, before, () -> after, () -> "");
    }

    private Optional<Decision.DenialReason> implicitly(
            Decision.DecidedBy by, String before, Supplier<String> after, Supplier<String> rule) {
        step(by, TraceStep.Outcome.DENY, before, after, rule);
        return Optional.of(
                new Decision.DenialReason(right(), Decision.DenialReason.Type.IMPLICIT_DENY, by, Optional.empty()));
    }

    /** The service is owned by every signed caller; anonymous principals own nothing. */
    private boolean ownsPlace() {
        return !(principal instanceof Principal.Anonymous)
                && query.resource().owner().equals(principal.accountId());
    }

    private Right right() {
        return needed.right();
    }

    private static void appendWhat(Right right, StringBuilder text) {
        text.append(right.action()).append(" on ");
        switch (right.scope()) {
            case Target.Service service -> text.append("the service");
            case Scope place -> place.appendPath(text);
        }
    }

    private static Supplier<String> named(Supplier<List<ClauseKey>> unknown) {
        return () -> UnknownKeys.named(unknown);
    }

    private void step(Decision.DecidedBy by, TraceStep.Outcome outcome, String before, Supplier<String> after) {
        step(by, outcome, before, after, () -> "");
    }

    /** Adds a sentence with the right in its middle. */
    private void step(
            Decision.DecidedBy by,
            TraceStep.Outcome outcome,
            String before,
            Supplier<String> after,
            Supplier<String> rule) {
        Right right = right();
        Consumer<StringBuilder> sentence = text -> {
            appendWhat(right, text.append(before));
            text.append(after.get());
        };
        trace.add(new TraceStep(by.step(), outcome, sentence, rule));
    }

    /** Adds a sentence whose subject is a statement. */
    private void step(
            Decision.DecidedBy by,
            TraceStep.Outcome outcome,
            Statement.Ref statement,
            String verb,
            Supplier<String> end) {
        Right right = right();
        Consumer<StringBuilder> sentence = text -> {
            statement.appendTo(text);
            appendWhat(right, text.append(verb));
            text.append(end.get());
        };
        trace.add(new TraceStep(by.step(), outcome, sentence, statement::toString));
    }

    /** Formats the unknown condition keys that affected a step of the trace. */
    static final class UnknownKeys {
        /** More keys would make the sentence unreadable. */
        private static final int MAX_NAMED = 10;

        private static final String UNNAMED = " (keys may be unknown: finding them needs too many steps)";

        private UnknownKeys() {}

        /** As {@link #named(Collection)}, for keys whose search may exceed the remaining budget. */
        static String named(Supplier<List<ClauseKey>> keys) {
            try {
                return named(keys.get());
            } catch (StepBudget.Spent spent) {
                return UNNAMED;
            }
        }

        /** {@code " (unknown: acs:SourceVpc, oss:BucketTag/team)"}; empty when no key is unknown. */
        static String named(Collection<ClauseKey> keys) {
            return keys.isEmpty()
                    ? ""
                    : keys.stream()
                            .map(ClauseKey::text)
                            .distinct()
                            .limit(MAX_NAMED)
                            .collect(Collectors.joining(", ", " (unknown: ", ")"));
        }
    }
}
