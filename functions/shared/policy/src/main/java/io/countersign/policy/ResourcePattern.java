package io.countersign.policy;

/** A compiled {@code acs:service:region:owner:path}. Each part is matched by itself: a {@code *} never reaches over a colon into the next. */
record ResourcePattern(Glob service, Glob region, Glob owner, Glob path) {
    /** Whether all but the path fits. */
    boolean sitsAt(ResourceName name, Steps steps) {
        return service.matches(name.service(), steps)
                && owner.matches(name.owner(), steps)
                && (region.matches(name.region(), steps) || region.matches(name.otherRegion(), steps));
    }
}
