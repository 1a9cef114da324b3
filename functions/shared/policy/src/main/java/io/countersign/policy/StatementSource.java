package io.countersign.policy;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A statement before its variables are filled in. */
record StatementSource(
        int index,
        Statement.Effect effect,
        ActionSet actions,
        List<ResourceTemplate> resources,
        boolean notResource,
        Optional<Statement.PrincipalSet> principals,
        List<Clause.Source> clauses) {
    Set<String> variables() {
        Set<String> names = new LinkedHashSet<>();
        resources.forEach(resource -> names.addAll(resource.variables()));
        clauses.forEach(clause -> names.addAll(clause.variables()));
        return names;
    }

    /** Whether the statement can apply here: to a resource of OSS, or to assuming a role. */
    boolean speaksHere() {
        return speaksOf(ActionSet.OSS, ResourceName.OSS) || speaksOf(ActionSet.STS, ResourceName.RAM);
    }

    /**
     * Whether this is an Allow that some request here could match; an Allow under a key that is never known is none.
     */
    boolean canAllow() {
        return effect == Statement.Effect.ALLOW
                && speaksHere()
                && clauses.stream().noneMatch(clause -> clause.key() instanceof ClauseKey.OfElsewhere);
    }

    /** Returns the same statement with another Condition. */
    StatementSource with(List<Clause.Source> condition) {
        return new StatementSource(index, effect, actions, resources, notResource, principals, condition);
    }

    private boolean speaksOf(String service, String resourceService) {
        return actions.speaksOfService(service)
                && (notResource
                        ? resources.stream().noneMatch(resource -> resource.isAllOf(resourceService))
                        : resources.stream().anyMatch(resource -> resource.isOf(resourceService)));
    }

    /** The prefixes of all paths that can match, for any values of the variables. */
    List<Head> beginnings() {
        return notResource
                ? List.of(Head.ANY)
                : Head.lean(resources.stream()
                        .map(resource -> resource.path().beginning())
                        .toList());
    }

    /**
     * Returns the statement with its variables filled in. Where a claim is absent there is no Allow, and a Deny denies
     * everything that it would deny for any value of the claim: in Resource the variable becomes {@code *}, and an
     * entry of NotResource with it excludes nothing.
     */
    Optional<Statement> fill(Map<String, String> claims) {
        if (effect == Statement.Effect.ALLOW && !isFilledBy(claims)) {
            return Optional.empty();
        }
        List<ResourceSet.ResourcePattern> patterns = new ArrayList<>(resources.size());
        for (ResourceTemplate resource : resources) {
            if (!notResource || resource.isFilledBy(claims)) {
                patterns.add(resource.fill(claims));
            }
        }
        List<Clause> filled = new ArrayList<>(clauses.size());
        for (Clause.Source clause : clauses) {
            filled.add(clause.fill(claims));
        }
        return Optional.of(new Statement(
                index,
                effect,
                actions,
                new ResourceSet(List.copyOf(patterns), notResource),
                principals,
                new Clauses(filled)));
    }

    private boolean isFilledBy(Map<String, String> claims) {
        for (ResourceTemplate resource : resources) {
            if (!resource.isFilledBy(claims)) {
                return false;
            }
        }
        for (Clause.Source clause : clauses) {
            if (!clause.isFilledBy(claims)) {
                return false;
            }
        }
        return true;
    }
}
