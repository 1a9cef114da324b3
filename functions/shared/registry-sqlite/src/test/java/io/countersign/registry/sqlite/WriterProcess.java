package io.countersign.registry.sqlite;

import io.countersign.registry.store.Condition;
import io.countersign.registry.store.Item;
import io.countersign.registry.store.ItemKey;
import io.countersign.registry.store.RegistryStore;
import io.countersign.registry.store.Transaction;
import io.countersign.registry.store.Write;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Set;

/** A process of its own that counts two items up together, and prints each number once the store has acknowledged it. */
final class WriterProcess {
    static final ItemKey LEFT = new ItemKey("left", "n");
    static final ItemKey RIGHT = new ItemKey("right", "n");
    static final Instant NOW = Instant.parse("2026-11-22T03:00:00Z");

    private WriterProcess() {}

    /** The file, and the number to stop at. */
    public static void main(String[] arguments) throws Exception {
        int end = Integer.parseInt(arguments[1]);
        try (SqliteStore store = SqliteStore.open(Path.of(arguments[0]))) {
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
    }

    static int number(Map<ItemKey, Item> items, ItemKey key) {
        return items.containsKey(key)
                ? Integer.parseInt(items.get(key).intact().orElseThrow().strip())
                : 0;
    }

    /** Padded, so that a transaction touches several pages of the file. */
    private static Write write(Map<ItemKey, Item> items, ItemKey key, int number) {
        Condition condition =
                items.containsKey(key) ? Condition.versionEquals(items.get(key).version()) : Condition.absent();
        return Write.put(key, number + " ".repeat(20_000), condition);
    }
}
