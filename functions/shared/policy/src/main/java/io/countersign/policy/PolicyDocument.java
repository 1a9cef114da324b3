package io.countersign.policy;

import io.countersign.json.InvalidDocumentException;
import io.countersign.json.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A policy on access, parsed strictly and compiled once. Version {@code "1"} only; every member, operator and condition key must be
 * known, so that no policy says less than its author believes.
 *
 * <p>A role policy may hold variables, {@code ${jwt:claim}}. Until they are filled in, all claims count as absent: an Allow with a variable
 * matches nothing, a Deny with one matches as if the variable were {@code *}. What is filled in is literal text: a claim can
 * never widen a pattern.
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

    /** @throws InvalidDocumentException naming the member that is missing, unknown or ill-formed, and what belongs there */
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

    /** The document as it was parsed, without white space, variables still open. */
    public String json() {
        return json;
    }

    /** The names of the claims that the document uses, without {@code jwt:}. */
    public Set<String> variables() {
        return statements.variables();
    }

    /**
     * This document with its variables filled in. Claims that it does not use are ignored; those that it uses and that are not in the map
     * are absent.
     *
     * @param values claims by their names, without {@code jwt:}
     * @throws IllFormedClaimException when a claim that the document uses is present but is not 1 to 256 ASCII letters, digits or
     *     {@code .-_@|:+=~}, or is {@code .} or {@code ..}
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

    /** Whether any Allow is left that some request could match. */
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

    /** What was filled in, by the names of the claims. */
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

    /** Where a policy document stands, which decides what may be written in it. */
    public enum Kind {
        /** Attached to a RAM user. */
        IDENTITY("RAM policy"),
        /** Attached to a role; the only kind with variables ({@code ${jwt:sub}}). */
        ROLE("role policy"),
        /** Given when a session is asked for; narrows what the role may do. */
        SESSION("session policy"),
        /** Attached to a bucket; names its principals. */
        BUCKET("bucket policy");

        private final String label;

        Kind(String label) {
            this.label = label;
        }

        /** As messages and traces call it. */
        public String label() {
            return label;
        }
    }
}
