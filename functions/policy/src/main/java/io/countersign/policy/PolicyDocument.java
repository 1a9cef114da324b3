package io.countersign.policy;

import io.countersign.json.InvalidDocumentException;
import io.countersign.json.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    private final PolicyKind kind;
    private final String json;
    private final List<StatementSource> sources;
    private final Set<String> variables;
    private final Map<String, String> claims;
    private final List<Statement> denies;
    private final List<Statement> allows;

    private PolicyDocument(
            PolicyKind kind,
            String json,
            List<StatementSource> sources,
            Set<String> variables,
            Map<String, String> claims) {
        this.kind = kind;
        this.json = json;
        this.sources = sources;
        this.variables = variables;
        this.claims = claims;
        this.denies = compiled(sources, claims, Effect.DENY);
        this.allows = compiled(sources, claims, Effect.ALLOW);
    }

    /** @throws InvalidDocumentException naming the member that is missing, unknown or ill-formed, and what belongs there */
    public static PolicyDocument parse(Value value, PolicyKind kind) throws InvalidDocumentException {
        DocumentReader document = DocumentReader.open(value);
        StatementReader reader = new StatementReader(kind);
        List<StatementSource> sources = new ArrayList<>();
        Set<String> variables = new LinkedHashSet<>();
        for (Value statement : document.statements()) {
            StatementSource source = reader.read(sources.size(), statement);
            sources.add(source);
            variables.addAll(source.variables());
        }
        return new PolicyDocument(kind, document.json(), List.copyOf(sources), Set.copyOf(variables), Map.of());
    }

    public PolicyKind kind() {
        return kind;
    }

    /** The document as it was parsed, without white space, variables still open. */
    public String json() {
        return json;
    }

    /** The names of the claims that the document uses, without {@code jwt:}. */
    public Set<String> variables() {
        return variables;
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
        if (variables.isEmpty()) {
            return this;
        }
        Claims.check(variables, values);
        Map<String, String> used = new LinkedHashMap<>(values);
        used.keySet().retainAll(variables);
        return new PolicyDocument(kind, json, sources, variables, Map.copyOf(used));
    }

    /** Whether any Allow is left that some request could match. */
    public boolean canAllow() {
        return !allows.isEmpty();
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

    /** The place of the first Deny that bites. */
    Optional<Statement> denying(Asked asked) {
        return first(denies, asked);
    }

    /** The place of the first Allow that matches. */
    Optional<Statement> allowing(Asked asked) {
        return first(allows, asked);
    }

    void requireKind(PolicyKind expected) {
        if (kind != expected) {
            throw new IllegalArgumentException("expected a " + expected.label() + ", found a " + kind.label());
        }
    }

    private static Optional<Statement> first(List<Statement> statements, Asked asked) {
        for (Statement statement : statements) {
            if (statement.matches(asked)) {
                return Optional.of(statement);
            }
        }
        return Optional.empty();
    }

    private static List<Statement> compiled(List<StatementSource> sources, Map<String, String> claims, Effect effect) {
        return sources.stream()
                .filter(source -> source.effect() == effect)
                .flatMap(source -> source.fill(claims).stream())
                .toList();
    }
}
