package io.countersign.policy;

import io.countersign.json.InvalidDocumentException;
import io.countersign.json.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * An access policy, parsed strictly and compiled once. Only version {@code "1"} is supported. Every member, operator
 * and condition key must be known, so that no policy means less than its author believes.
 *
 * <p>A role policy may contain variables, {@code ${jwt:claim}}. Until they are filled in, all claims count as absent:
 * an Allow with a variable matches nothing, and a Deny with one matches as if the variable were {@code *}. Values are
 * filled in literally, so a claim can never widen a pattern.
 */
public final class PolicyDocument {
    private final Kind kind;
    private final String json;
    private final CompiledStatements statements;
    private final Map<String, String> claims;

    private PolicyDocument(Kind kind, String json, CompiledStatements statements, Map<String, String> claims) {
        this.kind = kind;
        this.json = json;
        this.statements = statements;
        this.claims = claims;
    }

    /**
     * @throws InvalidDocumentException naming the member that is missing, unknown or ill-formed, and its correct form
     */
    public static PolicyDocument parse(Value value, Kind kind) throws InvalidDocumentException {
        DocumentReader document = DocumentReader.open(value);
        StatementReader reader = new StatementReader(kind);
        List<StatementSource> sources = new ArrayList<>();
        for (Value statement : document.statements()) {
            sources.add(reader.read(sources.size(), statement));
        }
        return new PolicyDocument(kind, document.json(), CompiledStatements.of(sources), Map.of());
    }

    public Kind kind() {
        return kind;
    }

    /** The document as it was parsed, without white space, with its variables open. */
    public String json() {
        return json;
    }

    /** The names of the claims that the document uses, without {@code jwt:}. */
    public Set<String> variables() {
        return statements.variables();
    }

    /**
     * Returns this document with its variables filled in. Claims that it does not use are ignored; claims that it uses
     * and the map does not have are absent.
     *
     * @param values claims by their names, without {@code jwt:}
     * @throws IllFormedClaimException when a claim that the document uses is present but is not 1 to 256 ASCII
     *     letters, digits or {@code .-_@|:+=~}, or is {@code .} or {@code ..}
     */
    public PolicyDocument filled(Map<String, String> values) throws IllFormedClaimException {
        if (variables().isEmpty()) {
            return this;
        }
        Claims.check(variables(), values);
        Map<String, String> used = new HashMap<>(values);
        used.keySet().retainAll(variables());
        return new PolicyDocument(kind, json, statements.filled(used), Map.copyOf(used));
    }

    /** Whether an Allow is left that some request could match. */
    public boolean canAllow() {
        return statements.canAllow();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PolicyDocument that
                && kind == that.kind
                && json.equals(that.json)
                && claims.equals(that.claims);
    }

    @Override
    public int hashCode() {
        return json.hashCode();
    }

    /** The filled-in values by the names of the claims. */
    Map<String, String> claims() {
        return claims;
    }

    CompiledStatements statements() {
        return statements;
    }

    void requireKind(Kind expected) {
        if (kind != expected) {
            throw new IllegalArgumentException("expected a " + expected.label() + ", found a " + kind.label());
        }
    }

    /** The resource or session that a policy document is attached to, which determines its syntax. */
    public enum Kind {
        /** Attached to a RAM user. */
        IDENTITY("RAM policy"),
        /** Attached to a role; the only kind with variables ({@code ${jwt:sub}}). */
        ROLE("role policy"),
        /** Passed when a session is requested; narrows the role's rights. */
        SESSION("session policy"),
        /** Attached to a bucket; names its principals. */
        BUCKET("bucket policy");

        private final String label;

        Kind(String label) {
            this.label = label;
        }

        /** The name in messages and traces. */
        public String label() {
            return label;
        }
    }
}
