package io.countersign.policy;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The statements of a document, compiled and indexed. */
final class CompiledStatements {
    private final List<StatementSource> open;
    private final Set<String> variables;
    private final StatementIndex denies;
    private final StatementIndex allows;
    private final List<Optional<Statement>> filled;
    private final BitSet allowing;

    private CompiledStatements(
            List<StatementSource> open,
            Set<String> variables,
            StatementIndex denies,
            StatementIndex allows,
            List<Optional<Statement>> filled,
            BitSet allowing) {
        this.open = open;
        this.variables = variables;
        this.denies = denies;
        this.allows = allows;
        this.filled = filled;
        this.allowing = allowing;
    }

    /** With all variables open, as if every claim were absent. */
    static CompiledStatements of(List<StatementSource> sources) {
        Set<String> variables = new LinkedHashSet<>();
        sources.forEach(source -> variables.addAll(source.variables()));
        BitSet allowing = new BitSet(sources.size());
        sources.forEach(source -> allowing.set(source.index(), source.canAllow()));
        return new CompiledStatements(
                sources.stream().filter(source -> !source.variables().isEmpty()).toList(),
                Set.copyOf(variables),
                StatementIndex.of(sources, Statement.Effect.DENY),
                StatementIndex.of(sources, Statement.Effect.ALLOW),
                sources.stream().map(source -> source.fill(Map.of())).toList(),
                allowing);
    }

    /** The same statements with these claims; only those with variables are compiled again. */
    CompiledStatements filled(Map<String, String> claims) {
        List<Optional<Statement>> refilled = new ArrayList<>(filled);
        open.forEach(source -> refilled.set(source.index(), source.fill(claims)));
        return new CompiledStatements(open, variables, denies, allows, List.copyOf(refilled), allowing);
    }

    Set<String> variables() {
        return variables;
    }

    /** Whether any Allow is left that some request could match. Those about other services, or under their condition keys, match none. */
    boolean canAllow() {
        return allowing.stream().anyMatch(place -> filled.get(place).isPresent());
    }

    /** All by their places; empty where an absent claim leaves a statement that can match nothing. */
    List<Optional<Statement>> inOrder() {
        return filled;
    }

    /** The first Deny that bites. */
    Optional<Statement> denying(AuthorizationQuery asked) {
        return denies.first(asked, filled);
    }

    /** The Allows that would match if keys that are unknown had the values that they ask for. */
    List<Statement> undecidedAllows(AuthorizationQuery asked) {
        return allows.undecided(asked, filled);
    }

    /** The first Allow that matches. */
    Optional<Statement> allowing(AuthorizationQuery asked) {
        return allows.first(asked, filled);
    }
}
