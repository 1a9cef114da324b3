package io.countersign.policy;

import io.countersign.oss.Acl;
import io.countersign.oss.Scope;
import io.countersign.oss.Target;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Decides as plainly as the rules are written: every statement is asked, one after the other, without any index. */
final class LinearOracle {
    private final Principal principal;
    private final NeededRight needed;
    private final AuthorizationQuery query;
    private final List<TraceStep> trace;
    private final String what;

    private LinearOracle(Principal principal, NeededRight needed, Conditions conditions, List<TraceStep> trace) {
        this.principal = principal;
        this.needed = needed;
        this.query = AuthorizationQuery.of(
                needed,
                principal,
                conditions,
                AuthorizationQuery.Doubt.REFUSES,
                Optional.empty(),
                StepBudget.unbounded());
        this.trace = trace;
        this.what = needed.right().action() + " on " + place(needed.right().scope());
    }

    static Decision decide(Principal principal, List<NeededRight> rights, Conditions conditions) {
        List<TraceStep> trace = new ArrayList<>();
        for (NeededRight right : rights) {
            Optional<Decision.DenialReason> denied = new LinearOracle(principal, right, conditions, trace).judge();
            if (denied.isPresent()) {
                return new Decision.Denied(trace, denied.get());
            }
        }
        return new Decision.Allowed(trace);
    }

    private static String place(Scope scope) {
        return switch (scope) {
            case Target.Service service -> "the service";
            case Target.Bucket bucket -> bucket.bucket();
            case Target.ObjectKey object -> object.bucket() + "/" + object.key();
            case Scope.ObjectPrefix prefix -> prefix.bucket() + "/" + prefix.prefix() + "*";
            case Scope.AccountObjects objects -> "*/*";
        };
    }

    private Optional<Decision.DenialReason> judge() {
        List<PolicyDocument> all = new ArrayList<>(identity());
        session().ifPresent(all::add);
        bucketPolicy().ifPresent(all::add);
        Optional<Statement.Ref> deny = first(all, Statement.Effect.DENY);
        if (deny.isPresent()) {
            Decision.DecidedBy by = Decision.DecidedBy.of(deny.get().kind());
            return denied(by, deny.get() + " denies " + what + unknown(List.of(spoke(deny.get(), all))), deny);
        }
        if (session().isPresent()) {
            Optional<Statement.Ref> pass = first(List.of(session().get()), Statement.Effect.ALLOW);
            if (pass.isEmpty()) {
                String detail = "the session policy does not allow " + what
                        + missed(List.of(session().get()));
                return denied(Decision.DecidedBy.SESSION_POLICY, detail, pass);
            }
            step(Decision.DecidedBy.SESSION_POLICY, TraceStep.Outcome.PASS, pass.get() + " lets " + what + " through");
        }
        return allowedByOwner() || allowedByIdentity() || allowedByBucket() ? Optional.empty() : byAcl();
    }

    private boolean allowedByOwner() {
        boolean owner = principal instanceof Principal.Account && ownsPlace();
        if (owner) {
            step(
                    Decision.DecidedBy.OWNER,
                    TraceStep.Outcome.ALLOW,
                    "the account has full rights on what it owns: " + what);
        }
        return owner;
    }

    private boolean allowedByIdentity() {
        if (principal instanceof Principal.Account || principal instanceof Principal.Anonymous) {
            return false;
        }
        boolean user = principal instanceof Principal.RamUser;
        Decision.DecidedBy by = user ? Decision.DecidedBy.RAM_POLICY : Decision.DecidedBy.ROLE_POLICY;
        String label = user ? "RAM policy" : "role policy";
        if (!ownsPlace()) {
            step(
                    by,
                    TraceStep.Outcome.NO_MATCH,
                    "the bucket belongs to another account, where a " + label + " allows nothing");
            return false;
        }
        return allowed(by, identity(), "no " + label);
    }

    private boolean allowedByBucket() {
        return bucketPolicy().isPresent()
                && allowed(
                        Decision.DecidedBy.BUCKET_POLICY,
                        List.of(bucketPolicy().get()),
                        "no statement of the bucket policy");
    }

    private boolean allowed(Decision.DecidedBy by, List<PolicyDocument> documents, String none) {
        Optional<Statement.Ref> allow = first(documents, Statement.Effect.ALLOW);
        step(
                by,
                allow.isPresent() ? TraceStep.Outcome.ALLOW : TraceStep.Outcome.NO_MATCH,
                allow.map(Statement.Ref::toString).orElse(none) + " allows " + what
                        + (allow.isPresent() ? "" : missed(documents)));
        return allow.isPresent();
    }

    private Optional<Decision.DenialReason> byAcl() {
        if (needed.bucket().isEmpty() || needed.aclClass() == Acl.Access.NONE) {
            return denied(
                    Decision.DecidedBy.DEFAULT, "nothing allows " + what + ", and no ACL covers it", Optional.empty());
        }
        if (needed.right().scope() instanceof Scope.ObjectPrefix) {
            String detail = "nothing allows " + what + ", and each object may have an ACL of its own";
            return denied(Decision.DecidedBy.DEFAULT, detail, Optional.empty());
        }
        boolean own = needed.objectAcl().isPresent() && needed.objectAcl().get() != Acl.DEFAULT;
        Acl acl = own ? needed.objectAcl().get() : needed.bucket().get().acl();
        Decision.DecidedBy by = own ? Decision.DecidedBy.OBJECT_ACL : Decision.DecidedBy.BUCKET_ACL;
        String subject = "the " + (own ? "object's" : "bucket's") + " ACL " + acl.text();
        if (!needed.aclClass().isOpenUnder(acl)) {
            return denied(by, subject + " does not open " + what, Optional.empty());
        }
        step(by, TraceStep.Outcome.ALLOW, subject + " opens " + what);
        return Optional.empty();
    }

    private static Statement spoke(Statement.Ref ref, List<PolicyDocument> documents) {
        return documents.stream()
                .filter(document -> document.kind() == ref.kind())
                .toList()
                .get(ref.document())
                .statements()
                .inOrder()
                .get(ref.statement())
                .orElseThrow();
    }

    /** The unknown keys of the Allows that are undecided. */
    private String missed(List<PolicyDocument> documents) {
        return unknown(documents.stream()
                .flatMap(document -> document.statements().inOrder().stream())
                .flatMap(Optional::stream)
                .filter(statement -> statement.effect() == Statement.Effect.ALLOW)
                .filter(statement -> statement.isUndecided(query))
                .toList());
    }

    private String unknown(List<Statement> statements) {
        Set<String> keys = new LinkedHashSet<>();
        for (Statement statement : statements) {
            for (Clause clause : statement.clauses().all()) {
                if (clause.judge(query.state(clause.key()), query.budget()) == Truth.UNKNOWN) {
                    keys.add(clause.key().text());
                }
            }
        }
        return keys.isEmpty() ? "" : " (unknown: " + String.join(", ", keys) + ")";
    }

    private Optional<Statement.Ref> first(List<PolicyDocument> documents, Statement.Effect effect) {
        PolicyDocument.Kind last = PolicyDocument.Kind.IDENTITY;
        int place = 0;
        for (PolicyDocument document : documents) {
            place = document.kind() == last ? place : 0;
            last = document.kind();
            for (Optional<Statement> statement : document.statements().inOrder()) {
                if (statement.isPresent()
                        && statement.get().effect() == effect
                        && statement.get().matches(query)) {
                    return Optional.of(new Statement.Ref(
                            document.kind(), place, statement.get().index()));
                }
            }
            place++;
        }
        return Optional.empty();
    }

    private Optional<Decision.DenialReason> denied(Decision.DecidedBy by, String detail, Optional<Statement.Ref> deny) {
        step(by, TraceStep.Outcome.DENY, detail);
        Decision.DenialReason.Type type =
                deny.isPresent() ? Decision.DenialReason.Type.EXPLICIT_DENY : Decision.DenialReason.Type.IMPLICIT_DENY;
        return Optional.of(new Decision.DenialReason(needed.right(), type, by, deny));
    }

    private void step(Decision.DecidedBy by, TraceStep.Outcome outcome, String detail) {
        trace.add(new TraceStep(by.step(), outcome, detail));
    }

    private boolean ownsPlace() {
        return !(principal instanceof Principal.Anonymous)
                && (needed.bucket().isEmpty()
                        || needed.bucket().get().ownerAccountId().equals(principal.accountId()));
    }

    private List<PolicyDocument> identity() {
        return switch (principal) {
            case Principal.RamUser user -> user.policies();
            case Principal.AssumedRole role -> role.policies();
            case Principal.Account account -> List.of();
            case Principal.Anonymous anonymous -> List.of();
        };
    }

    private Optional<PolicyDocument> session() {
        return principal instanceof Principal.AssumedRole role ? role.session() : Optional.empty();
    }

    private Optional<PolicyDocument> bucketPolicy() {
        return needed.bucket().flatMap(BucketFacts::policy);
    }
}
