package io.countersign.policy;

import io.countersign.json.InvalidDocumentException;
import io.countersign.json.Members;
import io.countersign.json.Value;
import io.countersign.json.Value.ArrayValue;
import java.util.ArrayList;
import java.util.List;

/** Reviews one statement of a policy on access. */
final class StatementReview {
    private final PolicyKind kind;
    private final List<PolicyNote> notes = new ArrayList<>();
    private final List<NamedPrincipal> principals = new ArrayList<>();

    StatementReview(PolicyKind kind) {
        this.kind = kind;
    }

    /** @throws InvalidDocumentException when {@link StatementReader} would not take it */
    PolicyReview of(Value statement) throws InvalidDocumentException {
        Members members = Members.of(statement);
        Effect effect = Effect.parse(Text.of(members.required("Effect")));
        if (kind == PolicyKind.BUCKET) {
            principals(members.required("Principal"), effect);
        }
        return new PolicyReview(notes, principals);
    }

    private void principals(Value value, Effect effect) throws InvalidDocumentException {
        if (!(value instanceof ArrayValue array)) {
            note(value, "one string was taken as a list; write an array of strings");
        } else if (array.elements().isEmpty()) {
            note(value, "an empty Principal means everybody, also without a signature; write [\"*\"] to say so");
            return;
        }
        for (Text entry : Text.listed(value)) {
            principals.add(new NamedPrincipal(entry, effect, PrincipalPattern.parse(entry)));
        }
    }

    private void note(Value value, String text) {
        notes.add(new PolicyNote(value.at(), text));
    }
}
