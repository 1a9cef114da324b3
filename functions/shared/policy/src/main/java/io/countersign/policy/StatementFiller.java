package io.countersign.policy;

import io.countersign.json.InvalidDocumentException;
import io.countersign.json.Value;
import io.countersign.json.Value.ArrayValue;
import io.countersign.json.Value.ObjectValue;
import io.countersign.json.Value.StringValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes a statement with the variables of its Resource, NotResource and Condition filled in, by the rules of {@link
 * StatementSource#fill}.
 */
final class StatementFiller {
    /** The number of colons before the path of a resource. */
    private static final int PLACES = 4;

    private final Map<String, String> claims;

    StatementFiller(Map<String, String> claims) {
        this.claims = claims;
    }

    Value filled(Value statement) throws PolicyText.InexpressiblePolicyException {
        Map<String, Value> members = new LinkedHashMap<>();
        for (var member : object(statement).entrySet()) {
            Value value = member.getValue();
            switch (member.getKey()) {
                case "Resource" -> members.put("Resource", resources(value));
                case "NotResource" -> notResources(value, members);
                case "Condition" -> condition(value, members);
                default -> members.put(member.getKey(), value);
            }
        }
        return new ObjectValue(statement.at(), members);
    }

    private Value resources(Value value) throws PolicyText.InexpressiblePolicyException {
        List<Value> filled = new ArrayList<>();
        for (Value entry : entries(value)) {
            filled.add(new StringValue(entry.at(), resource(text(entry))));
        }
        return new ArrayValue(value.at(), filled);
    }

    /** An entry with an absent claim excludes nothing. Without any exclusion the statement applies to everything. */
    private void notResources(Value value, Map<String, Value> members) throws PolicyText.InexpressiblePolicyException {
        List<Value> filled = new ArrayList<>();
        for (Value entry : entries(value)) {
            if (isFilled(text(entry))) {
                filled.add(new StringValue(entry.at(), resource(text(entry))));
            }
        }
        if (filled.isEmpty()) {
            members.put("Resource", new StringValue(value.at(), "*"));
        } else {
            members.put("NotResource", new ArrayValue(value.at(), filled));
        }
    }

    /** A colon in a claim would shift all parts after it, except in the path, which is the last part. */
    private String resource(String text) throws PolicyText.InexpressiblePolicyException {
        StringBuilder filled = new StringBuilder();
        int colons = 0;
        for (int i = 0; i < text.length(); ) {
            Optional<Template.Variable> variable = variable(text, i);
            if (variable.isEmpty()) {
                colons += text.charAt(i) == ':' ? 1 : 0;
                filled.append(text.charAt(i++));
            } else {
                String value = claims.getOrDefault(variable.get().name(), "*");
                if (colons < PLACES && value.indexOf(':') >= 0) {
                    throw new PolicyText.InexpressiblePolicyException("the claim "
                            + variable.get().name() + " has a colon and is used before the path of a resource");
                }
                filled.append(value);
                i = variable.get().end();
            }
        }
        return filled.toString();
    }

    /** Without any operator that could be false, a statement needs no Condition. */
    private void condition(Value condition, Map<String, Value> members) throws PolicyText.InexpressiblePolicyException {
        Map<String, Value> operators = new LinkedHashMap<>();
        for (var member : object(condition).entrySet()) {
            Optional<ConditionOperator> operator = ConditionOperator.of(member.getKey());
            if (operator.isPresent() && operator.get().kind() instanceof ConditionOperator.Kind.OfText text) {
                Map<String, Value> keys = keys(member.getValue(), operator.get().negated(), text.wildcards());
                if (!keys.isEmpty()) {
                    operators.put(
                            member.getKey(), new ObjectValue(member.getValue().at(), keys));
                }
            } else {
                operators.put(member.getKey(), member.getValue());
            }
        }
        if (!operators.isEmpty()) {
            members.put("Condition", new ObjectValue(condition.at(), operators));
        }
    }

    /**
     * Returns the keys of one operator. A key with only open values under a negated operator is true for all requests
     * and is left out.
     */
    private Map<String, Value> keys(Value value, boolean negated, boolean wildcards)
            throws PolicyText.InexpressiblePolicyException {
        Map<String, Value> keys = new LinkedHashMap<>();
        for (var member : object(value).entrySet()) {
            List<Value> filled = new ArrayList<>();
            for (Value entry : entries(member.getValue())) {
                if (isFilled(text(entry)) || !negated) {
                    filled.add(new StringValue(entry.at(), conditionValue(text(entry), wildcards)));
                }
            }
            if (!filled.isEmpty()) {
                keys.put(member.getKey(), new ArrayValue(member.getValue().at(), filled));
            }
        }
        return keys;
    }

    private String conditionValue(String text, boolean wildcards) throws PolicyText.InexpressiblePolicyException {
        StringBuilder filled = new StringBuilder();
        for (int i = 0; i < text.length(); ) {
            Optional<Template.Variable> variable = variable(text, i);
            if (variable.isEmpty()) {
                filled.append(text.charAt(i++));
            } else {
                String name = variable.get().name();
                if (!wildcards && !claims.containsKey(name)) {
                    throw new PolicyText.InexpressiblePolicyException("the claim " + name
                            + " is absent, and an operator without wildcards compares with it in a Deny");
                }
                filled.append(claims.getOrDefault(name, "*"));
                i = variable.get().end();
            }
        }
        return filled.toString();
    }

    private boolean isFilled(String text) {
        for (int i = 0; i < text.length(); i++) {
            Optional<Template.Variable> variable = variable(text, i);
            if (variable.isPresent() && !claims.containsKey(variable.get().name())) {
                return false;
            }
        }
        return true;
    }

    private static Optional<Template.Variable> variable(String text, int at) {
        try {
            return text.startsWith("${", at)
                    ? Optional.of(Template.Variable.at(text, at, true, new Value.Location("", 1)))
                    : Optional.empty();
        } catch (InvalidDocumentException e) {
            throw new IllegalStateException("a document's own text was parsed before", e);
        }
    }

    private static List<Value> entries(Value value) {
        return value instanceof ArrayValue array ? array.elements() : List.of(value);
    }

    private static String text(Value value) {
        if (value instanceof StringValue string) {
            return string.text();
        }
        throw new IllegalStateException("a document's own text was parsed before");
    }

    private static Map<String, Value> object(Value value) {
        if (value instanceof ObjectValue object) {
            return object.members();
        }
        throw new IllegalStateException("a document's own text was parsed before");
    }
}
