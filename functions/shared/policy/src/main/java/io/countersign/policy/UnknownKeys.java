package io.countersign.policy;

import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** How a step of the trace names the condition keys that were unknown where that decided. */
final class UnknownKeys {
    /** Further ones would make a sentence that nobody reads. */
    private static final int MOST = 10;

    private static final String UNNAMED = " (keys may be unknown: looking for them takes too many steps)";

    private UnknownKeys() {}

    /** As {@link #named(Collection)}, of keys that may cost more than what is left of the request's steps to find. */
    static String named(Supplier<List<ClauseKey>> keys) {
        try {
            return named(keys.get());
        } catch (Steps.Spent spent) {
            return UNNAMED;
        }
    }

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
