package io.countersign.policy;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The statements of a document, compiled and indexed (docs/adr/0027-policy-index.md). */
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

    /** Compiles statements with all variables open, as if every claim were absent. */
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

    /** Returns the same statements with these claims. Only those with variables are compiled again. */
    CompiledStatements filled(Map<String, String> claims) {
        List<Optional<Statement>> refilled = new ArrayList<>(filled);
        open.forEach(source -> refilled.set(source.index(), source.fill(claims)));
        return new CompiledStatements(open, variables, denies, allows, List.copyOf(refilled), allowing);
    }

    Set<String> variables() {
        return variables;
    }

    /**
     * Whether an Allow is left that some request could match. Allows for other services, or under their condition
     * keys, match none.
     */
    boolean canAllow() {
        return allowing.stream().anyMatch(place -> filled.get(place).isPresent());
    }

    /** Returns all statements by their index; empty where an absent claim leaves a statement that cannot match. */
    List<Optional<Statement>> inOrder() {
        return filled;
    }

    /** Returns the first Deny that applies. */
    Optional<Statement> denying(AuthorizationQuery query) {
        return denies.first(query, filled);
    }

    /** Returns the Allows that would match for some values of the unknown keys. */
    List<Statement> undecidedAllows(AuthorizationQuery query) {
        return allows.undecided(query, filled);
    }

    /** Returns the first Allow that applies. */
    Optional<Statement> allowing(AuthorizationQuery query) {
        return allows.first(query, filled);
    }
}
