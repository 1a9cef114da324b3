package io.countersign.policy;

import io.countersign.json.InvalidDocumentException;
import io.countersign.json.JsonText;
import io.countersign.json.Members;
import io.countersign.json.Value;
import java.util.List;

/** Reads the parts that all policy documents have: the size, the version, the list of statements. */
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

    /**
     * The bounds of a policy document and of the values that are compared with it. They are far above RAM's own (6,144
     * characters); together with {@link StepBudget} they limit the cost of a decision.
     */
    static final class Limits {
        /** Characters of the document without white space. */
        static final int TEXT = 512 * 1024;

        static final int STATEMENTS = 2_000;

        /** Entries of one list: Action, Resource, Principal or condition values. */
        static final int VALUES = 500;

        /** Keys of one condition operator. */
        static final int KEYS = 50;

        /**
         * Characters of one action, resource, principal or condition value; a bucket and the longest key have 1,087
         * bytes.
         */
        static final int PATTERN = 1_280;

        /**
         * Characters of a condition key's value in a request. A longer value is compared with no pattern and counts as
         * unknown.
         */
        static final int VALUE = 2_048;

        /** The number of {@code *} in one pattern. */
        static final int RUNS = 16;

        /** The number of variables in one pattern. */
        static final int VARIABLES = 8;

        private Limits() {}
    }
}
