package io.countersign.policy;

import java.util.ArrayList;
import java.util.List;

/** The Resource or, inverted, the NotResource of a statement. */
record ResourceSet(List<ResourcePattern> patterns, boolean inverted) {
    /** Whether the statement speaks of everything that the name stands for: what an Allow needs. */
    boolean covers(ResourceName name, StepBudget steps) {
        return inverted ? !patternsMeet(name, steps) : patternsCover(name, steps);
    }

    /** Whether the statement speaks of anything that the name stands for: what suffices for a Deny. */
    boolean meets(ResourceName name, StepBudget steps) {
        return inverted ? !patternsCover(name, steps) : patternsMeet(name, steps);
    }

    private boolean patternsCover(ResourceName name, StepBudget steps) {
        return switch (name.span()) {
            case ONE -> anyMatches(name, steps);
            case PREFIX, LONGER ->
                Glob.GlobStates.contain(
                        paths(name, steps), name.path(), name.span().rest(), steps);
        };
    }

    private boolean patternsMeet(ResourceName name, StepBudget steps) {
        return switch (name.span()) {
            case ONE -> anyMatches(name, steps);
            case PREFIX, LONGER -> anyMeets(name, steps);
        };
    }

    private boolean anyMeets(ResourceName name, StepBudget steps) {
        for (Glob path : paths(name, steps)) {
            if (Glob.GlobStates.meets(path, name.path(), name.span().rest(), steps)) {
                return true;
            }
        }
        return false;
    }

    private boolean anyMatches(ResourceName name, StepBudget steps) {
        for (ResourcePattern pattern : patterns) {
            if (pattern.path().matches(name.path(), steps) && pattern.sitsAt(name, steps)) {
                return true;
            }
        }
        return false;
    }

    /** The paths that have to do with the name. */
    private List<Glob> paths(ResourceName name, StepBudget steps) {
        List<Glob> paths = new ArrayList<>();
        steps.take(patterns.size());
        for (ResourcePattern pattern : patterns) {
            if (pattern.path().mayGoOnFrom(name.path()) && pattern.sitsAt(name, steps)) {
                paths.add(pattern.path());
            }
        }
        return paths;
    }

    /** A compiled {@code acs:service:region:owner:path}. Each part is matched by itself: a {@code *} never reaches over a colon into the next. */
    record ResourcePattern(Glob service, Glob region, Glob owner, Glob path) {
        /** Whether all but the path fits. */
        boolean sitsAt(ResourceName name, StepBudget steps) {
            return service.matches(name.service(), steps)
                    && owner.matches(name.owner(), steps)
                    && (region.matches(name.region(), steps) || region.matches(name.otherRegion(), steps));
        }
    }
}
