package io.countersign.registry.store;

import java.time.Instant;
import java.util.Map;
import java.util.Set;

/** The work of a process of its own: it counts two items up together, and prints each number once the store has acknowledged it. */
public final class PairWriter {
    static final ItemKey LEFT = new ItemKey("left", "n");
    static final ItemKey RIGHT = new ItemKey("right", "n");
    static final Instant NOW = Instant.parse("2026-11-22T03:00:00Z");

    private PairWriter() {}

    /** @param end the number to stop at */
    public static void run(RegistryStore store, int end) throws StoreUnavailable {
        while (true) {
            Map<ItemKey, Item> both = store.get(Set.of(LEFT, RIGHT), RegistryStore.Consistency.STRONG, NOW);
            int next = number(both, LEFT) + 1;
            if (next > end) {
                return;
            }
            Transaction transaction = Transaction.of(write(both, LEFT, next), write(both, RIGHT, next));
            if (store.write(transaction, NOW) instanceof RegistryStore.WriteResult.Committed) {
                System.out.println(next);
                System.out.flush();
            }
        }
    }

    static int number(Map<ItemKey, Item> items, ItemKey key) {
        return items.containsKey(key)
                ? Integer.parseInt(items.get(key).intact().orElseThrow().strip())
                : 0;
    }

    /** Padded, so that a transaction touches several pages of a file. */
    private static Write write(Map<ItemKey, Item> items, ItemKey key, int number) {
        Condition condition =
                items.containsKey(key) ? Condition.versionEquals(items.get(key).version()) : Condition.absent();
        return Write.put(key, number + " ".repeat(20_000), condition);
    }
}
