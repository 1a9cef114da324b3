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
        LocatedString version = LocatedString.of(members.required("Version"));
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

    /** The bounds of one policy document, and of what is held against it. They are far above RAM's own (6,144 characters); with {@link StepBudget} they bound what a decision costs. */
    static final class Limits {
        /** Characters of the document written without white space. */
        static final int TEXT = 512 * 1024;

        static final int STATEMENTS = 2_000;

        /** Entries of one Action, Resource, Principal or condition value list. */
        static final int VALUES = 500;

        /** Keys below one condition operator. */
        static final int KEYS = 50;

        /** Characters of one action, resource, principal or condition value; a bucket and the longest key have 1,087 bytes. */
        static final int PATTERN = 1_280;

        /** Characters of a value that a request brings for a condition key: what is longer is held against no pattern, and counts as unknown. */
        static final int VALUE = 2_048;

        /** {@code *} in one pattern. */
        static final int RUNS = 16;

        /** Variables in one pattern. */
        static final int VARIABLES = 8;

        private Limits() {}
    }
}
