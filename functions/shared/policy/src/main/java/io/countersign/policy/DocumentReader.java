package io.countersign.policy;

import io.countersign.json.InvalidDocumentException;
import io.countersign.json.JsonText;
import io.countersign.json.Members;
import io.countersign.json.Value;
import java.util.List;

/** Reads what all policy documents have in common: the size, the version, the list of statements. */
record DocumentReader(String json, List<Value> statements) {
    private static final String VERSION = "1";

    static DocumentReader open(Value value) throws InvalidDocumentException {
        Members members = Members.of(value);
        Text version = Text.of(members.required("Version"));
        if (!version.text().equals(VERSION)) {
            throw version.refused("the version is \"" + VERSION + "\", the only one there is");
        }
        Value list = members.required("Statement");
        List<Value> statements = Members.array(list);
        if (statements.isEmpty() || statements.size() > Limits.STATEMENTS) {
            throw new InvalidDocumentException(list.at(), "a policy has 1 to " + Limits.STATEMENTS + " statements");
        }
        members.done();
        String json = JsonText.of(value);
        if (json.length() > Limits.TEXT) {
            throw new InvalidDocumentException(
                    value.at(), "a policy has at most " + Limits.TEXT + " characters; split it");
        }
        return new DocumentReader(json, statements);
    }
}
