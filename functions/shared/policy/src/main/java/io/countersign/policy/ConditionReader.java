package io.countersign.policy;

import io.countersign.json.InvalidDocumentException;
import io.countersign.json.Members;
import io.countersign.json.Value;
import io.countersign.json.Value.ObjectValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads a Condition: operators, each over keys, each over one value or several. */
final class ConditionReader {
    private final KeyPlace place;
    private final boolean variables;

    /** @param variables whether values of String operators may hold variables */
    ConditionReader(KeyPlace place, boolean variables) {
        this.place = place;
        this.variables = variables;
    }

    /** An empty object, as RAM's own editors write it, is no condition. */
    List<Clause.Source> read(Value condition) throws InvalidDocumentException {
        List<Clause.Source> clauses = new ArrayList<>();
        for (var member : object(condition).entrySet()) {
            Optional<ConditionOperator> operator = ConditionOperator.of(member.getKey());
            if (operator.isEmpty()) {
                throw new InvalidDocumentException(
                        member.getValue().at(), "this condition operator is not known; correct its name");
            }
            clauses.addAll(keys(operator.get(), member.getValue()));
        }
        return List.copyOf(clauses);
    }

    private List<Clause.Source> keys(ConditionOperator operator, Value value) throws InvalidDocumentException {
        Map<String, Value> keys = object(value);
        if (keys.isEmpty() || keys.size() > DocumentReader.Limits.KEYS) {
            throw new InvalidDocumentException(
                    value.at(), "an operator has 1 to " + DocumentReader.Limits.KEYS + " condition keys");
        }
        List<Clause.Source> clauses = new ArrayList<>();
        for (var member : keys.entrySet()) {
            ClauseKey key = key(operator, member.getKey(), member.getValue());
            clauses.add(clause(operator, key, member.getValue()));
        }
        return clauses;
    }

    private ClauseKey key(ConditionOperator operator, String text, Value value) throws InvalidDocumentException {
        Optional<ClauseKey> key = ClauseKey.parse(text, place);
        if (key.isEmpty()) {
            String advice = ClauseKey.spelling(text, place)
                    .map(known -> "write " + known)
                    .orElse(place == KeyPlace.TRUST ? "it must be one that trust policies know" : "correct its name");
            throw new InvalidDocumentException(value.at(), "this condition key is not known here; " + advice);
        }
        ClauseKey.KeyType type = key.get().type();
        if (!type.takes(operator.kind())) {
            throw new InvalidDocumentException(
                    value.at(), "this key does not support this operator; use " + type.operators());
        }
        return key.get();
    }

    private Clause.Source clause(ConditionOperator operator, ClauseKey key, Value value)
            throws InvalidDocumentException {
        if (!(operator.kind() instanceof ConditionOperator.Kind.OfText text)) {
            ValueMatcher matcher = ScalarReader.matcher(operator.kind(), value);
            return new Clause.Source.OfOther(new Clause(key, operator.negated(), matcher));
        }
        List<Template> templates = new ArrayList<>();
        for (LocatedString entry : LocatedString.several(value)) {
            templates.add(Template.parse(entry.text(), text.wildcards(), variables, entry.at()));
        }
        return new Clause.Source.OfText(key, operator.negated(), text.ignoringCase(), templates);
    }

    static Map<String, Value> object(Value value) throws InvalidDocumentException {
        if (value instanceof ObjectValue object) {
            return object.members();
        }
        Members.of(value);
        throw new IllegalStateException("only objects have members");
    }
}
