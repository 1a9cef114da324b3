package io.countersign.policy;

import io.countersign.json.InvalidDocumentException;
import io.countersign.json.JsonText;
import io.countersign.json.Members;
import io.countersign.json.Value;
import io.countersign.json.Value.ArrayValue;
import io.countersign.json.Value.ObjectValue;
import io.countersign.json.Value.StringValue;
import io.countersign.json.Values;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes filled policies as one document without variables, for another service with RAM's grammar. The text means the
 * same as the documents: a claim's value has no characters with a meaning in patterns, an Allow that needs an absent
 * claim is left out, and a Deny with an absent claim denies everything that it would deny for any value.
 */
public final class PolicyText {
    private PolicyText() {}

    /**
     * Returns the text, without white space.
     *
     * @throws InexpressiblePolicyException when a filled statement cannot be expressed in RAM's grammar, or no
     *     statement is left
     */
    public static String of(List<PolicyDocument> documents) throws InexpressiblePolicyException {
        List<Value> statements = new ArrayList<>();
        for (PolicyDocument document : documents) {
            statements.addAll(statements(document));
        }
        if (statements.isEmpty()) {
            throw new InexpressiblePolicyException("no statement of the policies applies with these claims");
        }
        Value.Location nowhere = new Value.Location("", 1);
        Map<String, Value> members = new LinkedHashMap<>();
        members.put("Version", new StringValue(nowhere, "1"));
        members.put("Statement", new ArrayValue(nowhere, statements));
        return JsonText.of(new ObjectValue(nowhere, members));
    }

    private static List<Value> statements(PolicyDocument document) throws InexpressiblePolicyException {
        List<Optional<Statement>> filled = document.statements().inOrder();
        List<Value> written = written(document);
        StatementFiller filler = new StatementFiller(document.claims());
        List<Value> statements = new ArrayList<>();
        for (int i = 0; i < written.size(); i++) {
            if (filled.get(i).isPresent()) {
                statements.add(filler.filled(written.get(i)));
            }
        }
        return statements;
    }

    private static List<Value> written(PolicyDocument document) {
        try {
            return Members.array(Members.of(Values.parse(document.json())).required("Statement"));
        } catch (InvalidDocumentException e) {
            throw new IllegalStateException("a document's own text was parsed before", e);
        }
    }

    /**
     * A filled policy cannot be expressed in RAM's grammar with the same meaning. The message names the place and
     * never a claim's value.
     */
    public static final class InexpressiblePolicyException extends Exception {
        private static final long serialVersionUID = 1L;

        InexpressiblePolicyException(String message) {
            super(message, null, false, false);
        }
    }
}
