package io.countersign.policy;

import java.util.Collection;
import java.util.stream.Collectors;

/** How a step of the trace names the condition keys that were unknown where that decided. */
final class UnknownKeys {
    /** Further ones would make a sentence that nobody reads. */
    private static final int MOST = 10;

    private UnknownKeys() {}

    /** {@code " (unknown: acs:SourceVpc, oss:BucketTag/team)"}; nothing when no key was unknown. */
    static String named(Collection<ClauseKey> keys) {
        return keys.isEmpty()
                ? ""
                : keys.stream()
                        .map(ClauseKey::text)
                        .distinct()
                        .limit(MOST)
                        .collect(Collectors.joining(", ", " (unknown: ", ")"));
    }
}
