package io.countersign.policy;

import io.countersign.json.InvalidDocumentException;
import io.countersign.json.Members;
import io.countersign.json.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the statements of an access policy. */
final class StatementReader {
    private final PolicyDocument.Kind kind;

    StatementReader(PolicyDocument.Kind kind) {
        this.kind = kind;
    }

    StatementSource read(int index, Value value) throws InvalidDocumentException {
        Members members = Members.of(value);
        Statement.Effect effect = Statement.Effect.parse(LocatedString.of(members.required("Effect")));
        boolean notAction = isNegated(members, "Action");
        ActionSet actions = ActionSet.parse(entries(members, "Action", notAction), notAction, kind);
        boolean notResource = isNegated(members, "Resource");
        List<ResourceTemplate> resources = new ArrayList<>();
        for (LocatedString entry : entries(members, "Resource", notResource)) {
            ResourceTemplate resource = ResourceTemplate.parse(entry, kind);
            if (effect == Statement.Effect.DENY && !notResource && !resource.isWithin(actions)) {
                throw entry.refused(
                        "this Deny never applies: no action of the statement is of the service that the second part names; write acs:oss:REGION:OWNER:PATH, or name actions of that service");
            }
            resources.add(resource);
        }
        Optional<Statement.PrincipalSet> principals = principals(members);
        StatementSource bare =
                new StatementSource(index, effect, actions, List.copyOf(resources), notResource, principals, List.of());
        List<Clause.Source> clauses = clauses(members, bare);
        members.done();
        return bare.with(clauses);
    }

    private static boolean isNegated(Members members, String name) throws InvalidDocumentException {
        if (members.has(name) == members.has("Not" + name)) {
            throw new InvalidDocumentException(
                    members.at(), "a statement has either \"" + name + "\" or \"Not" + name + "\"; write one of them");
        }
        return members.has("Not" + name);
    }

    private List<LocatedString> entries(Members members, String name, boolean negated) throws InvalidDocumentException {
        return entries(members.required(negated ? "Not" + name : name), kind);
    }

    /** Reads the entries of an Action, a Resource or a Principal. */
    static List<LocatedString> entries(Value value, PolicyDocument.Kind kind) throws InvalidDocumentException {
        return kind == PolicyDocument.Kind.BUCKET ? LocatedString.listed(value) : LocatedString.several(value);
    }

    private Optional<Statement.PrincipalSet> principals(Members members) throws InvalidDocumentException {
        if (kind == PolicyDocument.Kind.BUCKET) {
            return Optional.of(Statement.PrincipalSet.parse(members.required("Principal")));
        }
        Optional<Value> principal = members.optional("Principal");
        if (principal.isPresent()) {
            throw new InvalidDocumentException(
                    principal.get().at(),
                    "a " + kind.label() + " names no principal, it is attached to one; take \"Principal\" out");
        }
        return Optional.empty();
    }

    private List<Clause.Source> clauses(Members members, StatementSource bare) throws InvalidDocumentException {
        Optional<Value> condition = members.optional("Condition");
        return condition.isEmpty()
                ? List.of()
                : new ConditionReader(place(bare), kind == PolicyDocument.Kind.ROLE).read(condition.get());
    }

    private KeyPlace place(StatementSource bare) {
        if (kind == PolicyDocument.Kind.BUCKET) {
            return KeyPlace.BUCKET;
        }
        return bare.speaksHere() ? KeyPlace.ACCESS : KeyPlace.ELSEWHERE;
    }
}
