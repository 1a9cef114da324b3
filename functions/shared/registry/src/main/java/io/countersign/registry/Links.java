package io.countersign.registry;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.countersign.registry.store.ItemKey;
import java.util.List;

/**
 * Remembers where records led when they were last followed, so that a reader that has forgotten the records themselves can read them all at once. It holds the
 * keys of items and nothing that stood there, for any time: who follows a link reads what stands there now, and the records say whether it still leads there.
 * Only steps that were made are remembered, so nobody fills it with what they merely claim.
 */
final class Links {
    private final Cache<Link, List<Lookup<?>>> links;

    /** @param most links that are kept */
    Links(int most) {
        this.links =
                Caffeine.newBuilder().maximumSize(most).executor(Runnable::run).build();
    }

    /** Empty when the step was never made, or not lately. */
    List<Lookup<?>> from(Link link) {
        List<Lookup<?>> to = links.getIfPresent(link);
        return to == null ? List.of() : to;
    }

    void remember(Link link, List<? extends Lookup<?>> to) {
        if (!keys(from(link)).equals(keys(to))) {
            links.put(link, List.copyOf(to));
        }
    }

    void forget(Link link) {
        links.invalidate(link);
    }

    private static List<ItemKey> keys(List<? extends Lookup<?>> lookups) {
        return lookups.stream().<ItemKey>map(Lookup::key).toList();
    }
}
