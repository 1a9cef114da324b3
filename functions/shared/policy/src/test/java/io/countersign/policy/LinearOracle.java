package io.countersign.policy;

import io.countersign.oss.Acl;
import io.countersign.oss.AclClass;
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
    private final Asked asked;
    private final List<TraceStep> trace;
    private final String what;

    private LinearOracle(Principal principal, NeededRight needed, Conditions conditions, List<TraceStep> trace) {
        this.principal = principal;
        this.needed = needed;
        this.asked = Asked.of(needed, principal, conditions, Doubt.REFUSES, Optional.empty(), Steps.unbounded());
        this.trace = trace;
        this.what = needed.right().action() + " on " + place(needed.right().scope());
    }

    static Decision decide(Principal principal, List<NeededRight> rights, Conditions conditions) {
        List<TraceStep> trace = new ArrayList<>();
        for (NeededRight right : rights) {
            Optional<DenialReason> denied = new LinearOracle(principal, right, conditions, trace).judge();
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

    private Optional<DenialReason> judge() {
        List<PolicyDocument> all = new ArrayList<>(identity());
        session().ifPresent(all::add);
        bucketPolicy().ifPresent(all::add);
        Optional<StatementRef> deny = first(all, Effect.DENY);
        if (deny.isPresent()) {
            DecidedBy by = DecidedBy.of(deny.get().kind());
            return denied(by, deny.get() + " denies " + what + unknown(List.of(spoke(deny.get(), all))), deny);
        }
        if (session().isPresent()) {
            Optional<StatementRef> pass = first(List.of(session().get()), Effect.ALLOW);
            if (pass.isEmpty()) {
                String detail = "the session policy does not allow " + what
                        + missed(List.of(session().get()));
                return denied(DecidedBy.SESSION_POLICY, detail, pass);
            }
            step(DecidedBy.SESSION_POLICY, Outcome.PASS, pass.get() + " lets " + what + " through");
        }
        return allowedByOwner() || allowedByIdentity() || allowedByBucket() ? Optional.empty() : byAcl();
    }

    private boolean allowedByOwner() {
        boolean owner = principal instanceof Principal.Account && ownsPlace();
        if (owner) {
            step(DecidedBy.OWNER, Outcome.ALLOW, "the account has full rights on what it owns: " + what);
        }
        return owner;
    }

    private boolean allowedByIdentity() {
        if (principal instanceof Principal.Account || principal instanceof Principal.Anonymous) {
            return false;
        }
        boolean user = principal instanceof Principal.RamUser;
        DecidedBy by = user ? DecidedBy.RAM_POLICY : DecidedBy.ROLE_POLICY;
        String label = user ? "RAM policy" : "role policy";
        if (!ownsPlace()) {
            step(by, Outcome.NO_MATCH, "the bucket belongs to another account, where a " + label + " allows nothing");
            return false;
        }
        return allowed(by, identity(), "no " + label);
    }

    private boolean allowedByBucket() {
        return bucketPolicy().isPresent()
                && allowed(DecidedBy.BUCKET_POLICY, List.of(bucketPolicy().get()), "no statement of the bucket policy");
    }

    private boolean allowed(DecidedBy by, List<PolicyDocument> documents, String none) {
        Optional<StatementRef> allow = first(documents, Effect.ALLOW);
        step(
                by,
                allow.isPresent() ? Outcome.ALLOW : Outcome.NO_MATCH,
                allow.map(StatementRef::toString).orElse(none) + " allows " + what
                        + (allow.isPresent() ? "" : missed(documents)));
        return allow.isPresent();
    }

    private Optional<DenialReason> byAcl() {
        if (needed.bucket().isEmpty() || needed.aclClass() == AclClass.NONE) {
            return denied(DecidedBy.DEFAULT, "nothing allows " + what + ", and no ACL covers it", Optional.empty());
        }
        if (needed.right().scope() instanceof Scope.ObjectPrefix) {
            String detail = "nothing allows " + what + ", and each object may have an ACL of its own";
            return denied(DecidedBy.DEFAULT, detail, Optional.empty());
        }
        boolean own = needed.objectAcl().isPresent() && needed.objectAcl().get() != Acl.DEFAULT;
        Acl acl = own ? needed.objectAcl().get() : needed.bucket().get().acl();
        DecidedBy by = own ? DecidedBy.OBJECT_ACL : DecidedBy.BUCKET_ACL;
        String subject = "the " + (own ? "object's" : "bucket's") + " ACL " + acl.text();
        if (!needed.aclClass().isOpenUnder(acl)) {
            return denied(by, subject + " does not open " + what, Optional.empty());
        }
        step(by, Outcome.ALLOW, subject + " opens " + what);
        return Optional.empty();
    }

    private static Statement spoke(StatementRef ref, List<PolicyDocument> documents) {
        return documents.stream()
                .filter(document -> document.kind() == ref.kind())
                .toList()
                .get(ref.document())
                .statements()
                .inOrder()
                .get(ref.statement())
                .orElseThrow();
    }

    /** What was unknown to the Allows that neither match nor certainly do not. */
    private String missed(List<PolicyDocument> documents) {
        return unknown(documents.stream()
                .flatMap(document -> document.statements().inOrder().stream())
                .flatMap(Optional::stream)
                .filter(statement -> statement.effect() == Effect.ALLOW)
                .filter(statement -> statement.isUndecided(asked))
                .toList());
    }

    private String unknown(List<Statement> statements) {
        Set<String> keys = new LinkedHashSet<>();
        for (Statement statement : statements) {
            for (Clause clause : statement.clauses().all()) {
                if (clause.judge(asked.state(clause.key()), asked.steps()) == Truth.UNKNOWN) {
                    keys.add(clause.key().text());
                }
            }
        }
        return keys.isEmpty() ? "" : " (unknown: " + String.join(", ", keys) + ")";
    }

    private Optional<StatementRef> first(List<PolicyDocument> documents, Effect effect) {
        PolicyKind last = PolicyKind.IDENTITY;
        int place = 0;
        for (PolicyDocument document : documents) {
            place = document.kind() == last ? place : 0;
            last = document.kind();
            for (Optional<Statement> statement : document.statements().inOrder()) {
                if (statement.isPresent()
                        && statement.get().effect() == effect
                        && statement.get().matches(asked)) {
                    return Optional.of(new StatementRef(
                            document.kind(), place, statement.get().index()));
                }
            }
            place++;
        }
        return Optional.empty();
    }

    private Optional<DenialReason> denied(DecidedBy by, String detail, Optional<StatementRef> deny) {
        step(by, Outcome.DENY, detail);
        DenialReason.Type type = deny.isPresent() ? DenialReason.Type.EXPLICIT_DENY : DenialReason.Type.IMPLICIT_DENY;
        return Optional.of(new DenialReason(needed.right(), type, by, deny));
    }

    private void step(DecidedBy by, Outcome outcome, String detail) {
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
