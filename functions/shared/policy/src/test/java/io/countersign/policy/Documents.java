package io.countersign.policy;

import io.countersign.json.InvalidDocumentException;
import io.countersign.json.Values;

/** Documents for tests, written with single quotes. */
final class Documents {
    private Documents() {}

    static PolicyDocument parse(PolicyDocument.Kind kind, String text) throws InvalidDocumentException {
        return PolicyDocument.parse(Values.parse(text.replace('\'', '"')), kind);
    }

    /** A document of the given statements. */
    static PolicyDocument of(PolicyDocument.Kind kind, String... statements) {
        try {
            return parse(kind, "{'Version':'1','Statement':[" + String.join(",", statements) + "]}");
        } catch (InvalidDocumentException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    static String allow(String action, String resource) {
        return statement("Allow", action, resource, "");
    }

    static String deny(String action, String resource) {
        return statement("Deny", action, resource, "");
    }

    /** @param more further members, each after a comma */
    static String statement(String effect, String action, String resource, String more) {
        return "{'Effect':'" + effect + "','Action':'" + action + "','Resource':'" + resource + "'" + more + "}";
    }

    static TrustPolicy trust(String... statements) throws InvalidDocumentException {
        String text = "{'Version':'1','Statement':[" + String.join(",", statements) + "]}";
        return TrustPolicy.parse(Values.parse(text.replace('\'', '"')));
    }
}
