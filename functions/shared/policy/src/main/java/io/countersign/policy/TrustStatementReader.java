package io.countersign.policy;

import io.countersign.json.InvalidDocumentException;
import io.countersign.json.Members;
import io.countersign.json.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the statements of a trust policy. */
final class TrustStatementReader {
    /** The only action of trust policies, for every kind of authentication; case-insensitive, as in other policies. */
    private static final String ACTION = "sts:AssumeRole";

    private TrustStatementReader() {}

    static TrustPolicy.TrustStatement read(Value value) throws InvalidDocumentException {
        Members members = Members.of(value);
        Statement.Effect effect = Statement.Effect.parse(LocatedString.of(members.required("Effect")));
        for (LocatedString action : LocatedString.several(members.required("Action"))) {
            if (!CaseFolding.lower(action.text()).equals(CaseFolding.lower(ACTION))) {
                throw action.refused("the action of a trust policy is " + ACTION);
            }
        }
        List<TrustedPrincipal> principals = entries(members.required("Principal")).stream()
                .map(Entry::principal)
                .toList();
        Optional<Value> condition = members.optional("Condition");
        List<Clause.Source> clauses =
                condition.isEmpty() ? List.of() : new ConditionReader(KeyPlace.TRUST, false).read(condition.get());
        members.done();
        return new TrustPolicy.TrustStatement(
                effect,
                principals,
                new Clauses(
                        clauses.stream().map(clause -> clause.fill(Map.of())).toList()));
    }

    /** Returns the entries of a statement's Principal with their locations. */
    static List<NamedPrincipal> named(Value value) throws InvalidDocumentException {
        Members members = Members.of(value);
        Statement.Effect effect = Statement.Effect.parse(LocatedString.of(members.required("Effect")));
        return entries(members.required("Principal")).stream()
                .map(entry -> new NamedPrincipal(entry.text(), effect, entry.principal()))
                .toList();
    }

    private record Entry(LocatedString text, TrustedPrincipal principal) {}

    private static List<Entry> entries(Value value) throws InvalidDocumentException {
        Members members = Members.of(value);
        List<Entry> principals = new ArrayList<>();
        for (TrustedPrincipal.Form form : TrustedPrincipal.Form.values()) {
            Optional<Value> entries = members.optional(form.member());
            if (entries.isPresent()) {
                for (LocatedString entry : LocatedString.several(entries.get())) {
                    principals.add(new Entry(entry, form.parse(entry)));
                }
            }
        }
        members.done();
        if (principals.isEmpty()) {
            throw new InvalidDocumentException(
                    value.at(), "no principal is named; write \"RAM\", \"Service\" or \"Federated\"");
        }
        return principals;
    }
}
