package io.countersign.policy;

import java.util.ArrayList;
import java.util.List;

/** The Resource or, inverted, the NotResource of a statement. */
record ResourceSet(List<ResourcePattern> patterns, boolean inverted) {
    /** Whether the statement speaks of everything that the name stands for: what an Allow needs. */
    boolean covers(ResourceName name) {
        return inverted ? !patternsMeet(name) : patternsCover(name);
    }

    /** Whether the statement speaks of anything that the name stands for: what suffices for a Deny. */
    boolean meets(ResourceName name) {
        return inverted ? !patternsCover(name) : patternsMeet(name);
    }

    private boolean patternsCover(ResourceName name) {
        return switch (name.span()) {
            case ONE -> anyMatches(name);
            case PREFIX, LONGER ->
                GlobStates.contain(paths(name), name.path(), name.span().rest());
        };
    }

    private boolean patternsMeet(ResourceName name) {
        return switch (name.span()) {
            case ONE -> anyMatches(name);
            case PREFIX, LONGER -> anyMeets(name);
        };
    }

    private boolean anyMeets(ResourceName name) {
        for (Glob path : paths(name)) {
            if (GlobStates.meets(path, name.path(), name.span().rest())) {
                return true;
            }
        }
        return false;
    }

    private boolean anyMatches(ResourceName name) {
        for (ResourcePattern pattern : patterns) {
            if (pattern.path().matches(name.path()) && pattern.sitsAt(name)) {
                return true;
            }
        }
        return false;
    }

    /** The paths that have to do with the name. */
    private List<Glob> paths(ResourceName name) {
        List<Glob> paths = new ArrayList<>();
        for (ResourcePattern pattern : patterns) {
            if (pattern.path().mayGoOnFrom(name.path()) && pattern.sitsAt(name)) {
                paths.add(pattern.path());
            }
        }
        return paths;
    }
}
