package io.countersign.policy;

import java.util.ArrayList;
import java.util.List;

/** The Resource or, inverted, the NotResource of a statement. */
record ResourceSet(List<ResourcePattern> patterns, boolean inverted) {
    /** Whether all paths of the name match, as an Allow requires. */
    boolean covers(ResourceName name, StepBudget budget) {
        return inverted ? !patternsMeet(name, budget) : patternsCover(name, budget);
    }

    /** Whether any path of the name matches, which suffices for a Deny. */
    boolean meets(ResourceName name, StepBudget budget) {
        return inverted ? !patternsCover(name, budget) : patternsMeet(name, budget);
    }

    private boolean patternsCover(ResourceName name, StepBudget budget) {
        return switch (name.span()) {
            case ONE -> anyMatches(name, budget);
            case PREFIX, LONGER ->
                Glob.States.contain(
                        paths(name, budget), name.path(), name.span().rest(), budget);
        };
    }

    private boolean patternsMeet(ResourceName name, StepBudget budget) {
        return switch (name.span()) {
            case ONE -> anyMatches(name, budget);
            case PREFIX, LONGER -> anyMeets(name, budget);
        };
    }

    private boolean anyMeets(ResourceName name, StepBudget budget) {
        for (Glob path : paths(name, budget)) {
            if (Glob.States.meets(path, name.path(), name.span().rest(), budget)) {
                return true;
            }
        }
        return false;
    }

    private boolean anyMatches(ResourceName name, StepBudget budget) {
        for (ResourcePattern pattern : patterns) {
            if (pattern.path().matches(name.path(), budget) && pattern.sitsAt(name, budget)) {
                return true;
            }
        }
        return false;
    }

    /** Returns the path patterns of the entries that match the other parts of the name. */
    private List<Glob> paths(ResourceName name, StepBudget budget) {
        List<Glob> paths = new ArrayList<>();
        budget.take(patterns.size());
        for (ResourcePattern pattern : patterns) {
            if (pattern.path().mayGoOnFrom(name.path()) && pattern.sitsAt(name, budget)) {
                paths.add(pattern.path());
            }
        }
        return paths;
    }

    /**
     * A compiled {@code acs:service:region:owner:path}. Each part is matched separately, so {@code *} never extends
     * over a colon into the next part.
     */
    record ResourcePattern(Glob service, Glob region, Glob owner, Glob path) {
        /** Whether all parts but the path match. */
        boolean sitsAt(ResourceName name, StepBudget budget) {
            return service.matches(name.service(), budget)
                    && owner.matches(name.owner(), budget)
                    && (region.matches(name.region(), budget) || region.matches(name.otherRegion(), budget));
        }
    }
}
