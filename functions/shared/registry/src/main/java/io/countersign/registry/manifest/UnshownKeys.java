package io.countersign.registry.manifest;

import io.countersign.json.InvalidDocumentException;
import io.countersign.json.JsonText;
import io.countersign.json.Members;
import io.countersign.json.Values;
import io.countersign.registry.AccessKeyItem;
import io.countersign.registry.KeyStatus;
import io.countersign.registry.Records;
import io.countersign.registry.StoredKey;
import io.countersign.registry.store.Condition;
import io.countersign.registry.store.Item;
import io.countersign.registry.store.ItemKey;
import io.countersign.registry.store.Partition;
import io.countersign.registry.store.RegistryStore;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.registry.store.Transaction;
import io.countersign.registry.store.Write;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The access keys that applies generated and have not shown. */
public final class UnshownKeys {
    private UnshownKeys() {}

    /** Returns those that can still be used, by their ids. */
    public static List<UnshownKey> list(RegistryStore store, Instant now) throws StoreUnavailable {
        List<UnshownKey> marked = new ArrayList<>();
        new Partition(store, UnshownItem.PARTITION)
                .each(now, item -> marked.add(Records.read(item, UnshownItem::read)));
        List<UnshownKey> usable = new ArrayList<>();
        for (int from = 0; from < marked.size(); from += RegistryStore.MAX_KEYS) {
            usable.addAll(usable(
                    store, marked.subList(from, Math.min(from + RegistryStore.MAX_KEYS, marked.size())), now));
        }
        return List.copyOf(usable);
    }

    /** Marks keys as shown, or as kept where an operator finds them. No later apply reports them. */
    public static void shown(RegistryStore store, List<String> accessKeyIds, Instant now) throws StoreUnavailable {
        for (int from = 0; from < accessKeyIds.size(); from += Transaction.MAX_WRITES) {
            List<Write> writes = new ArrayList<>();
            for (String id : accessKeyIds.subList(from, Math.min(from + Transaction.MAX_WRITES, accessKeyIds.size()))) {
                writes.add(Write.delete(UnshownItem.key(id), Condition.anything()));
            }
            store.write(new Transaction(writes), now);
        }
    }

    private static List<UnshownKey> usable(RegistryStore store, List<UnshownKey> marked, Instant now)
            throws StoreUnavailable {
        Set<ItemKey> keys =
                marked.stream().map(key -> AccessKeyItem.key(key.accessKeyId())).collect(Collectors.toSet());
        Set<String> usable = new HashSet<>();
        for (Item item : store.get(keys, RegistryStore.Consistency.STRONG, now).values()) {
            StoredKey key = Records.read(item, AccessKeyItem::read);
            if (key.status() != KeyStatus.DELETED) {
                usable.add(key.id());
            }
        }
        return marked.stream().filter(key -> usable.contains(key.accessKeyId())).toList();
    }

    /**
     * The stored form of an unshown key: written in the transaction that makes the key, deleted when the key was shown
     * or is deleted.
     */
    static final class UnshownItem {
        static final String PARTITION = "unshown";

        private UnshownItem() {}

        static ItemKey key(String accessKeyId) {
            return new ItemKey(PARTITION, accessKeyId);
        }

        static String text(String place) {
            return JsonText.object(json -> json.put("place", place));
        }

        static UnshownKey read(Item item) throws InvalidDocumentException {
            Members members = Members.of(Values.parse(item.payload()));
            UnshownKey key = new UnshownKey(item.key().sort(), members.string("place"));
            members.done();
            return key;
        }
    }

    /**
     * An access key that an apply generated and did not show, because it was interrupted.
     *
     * @param accessKeyId its id
     * @param place where its secret was stored before it was made, as that apply named it
     */
    public record UnshownKey(String accessKeyId, String place) {}
}
