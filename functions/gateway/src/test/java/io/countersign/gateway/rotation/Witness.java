package io.countersign.gateway.rotation;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.registry.AccessKeyItem;
import io.countersign.registry.KeyStatus;
import io.countersign.registry.RamUser;
import io.countersign.registry.Records;
import io.countersign.registry.StoredKey;
import io.countersign.registry.UserItem;
import io.countersign.registry.rotation.AuditItem;
import io.countersign.registry.rotation.OutboxItem;
import io.countersign.registry.store.Item;
import io.countersign.registry.store.ItemKey;
import io.countersign.registry.store.Items;
import io.countersign.registry.store.RegistryStore;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.registry.store.Transaction;
import io.countersign.registry.store.Write;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Sees every write that reaches the store, whoever made it, and demands of each: no key moves back, nobody has more pairs than allowed, and what happens to a key
 * is told in the same transaction, once.
 */
final class Witness implements RegistryStore {
    private final RegistryStore store;
    private final Map<String, StoredKey> keys = new ConcurrentHashMap<>();
    private final Map<String, Instant> signsNoMore = new ConcurrentHashMap<>();
    private final Map<String, Instant> outOfUse = new ConcurrentHashMap<>();
    private final Set<String> told = ConcurrentHashMap.newKeySet();
    private final AtomicInteger made = new AtomicInteger();

    Witness(RegistryStore store) {
        this.store = store;
    }

    /** Keys that rotation has made. */
    int made() {
        return made.get();
    }

    StoredKey key(String id) {
        return Optional.ofNullable(keys.get(id)).orElseThrow();
    }

    /** The ids of a user's keys that are not deleted, the oldest first. */
    List<StoredKey> keysOf(String user) {
        return keys.values().stream()
                .filter(key -> key.owner().label().endsWith("/" + user) && key.status() != KeyStatus.DELETED)
                .sorted(java.util.Comparator.comparing(StoredKey::createdAt))
                .toList();
    }

    /** Since when the key neither signs nor verifies; empty while it does. */
    Optional<Instant> outOfUse(String id) {
        return Optional.ofNullable(outOfUse.get(id));
    }

    /** Since when it does not sign. */
    Optional<Instant> signsNoMore(String id) {
        return Optional.ofNullable(signsNoMore.get(id));
    }

    List<String> outOfUse() {
        return List.copyOf(outOfUse.keySet());
    }

    /** The ids of all events that were ever written. */
    Set<String> told() {
        return Set.copyOf(told);
    }

    @Override
    public Map<ItemKey, Item> get(Set<ItemKey> wanted, RegistryStore.Consistency consistency, Instant now)
            throws StoreUnavailable {
        return store.get(wanted, consistency, now);
    }

    @Override
    public RegistryStore.WriteResult write(Transaction transaction, Instant now) throws StoreUnavailable {
        if (transaction.writes().stream()
                .noneMatch(write -> isKey(write.key()) || isUser(write.key()) || isOutbox(write.key()))) {
            return store.write(transaction, now);
        }
        synchronized (this) {
            RegistryStore.WriteResult result = store.write(transaction, now);
            switch (result) {
                case RegistryStore.WriteResult.Committed committed -> see(transaction, now);
                case RegistryStore.WriteResult.Conflict conflict -> {}
            }
            return result;
        }
    }

    @Override
    public RegistryStore.Page query(
            String partition, Optional<String> after, int limit, RegistryStore.Consistency consistency, Instant now)
            throws StoreUnavailable {
        return store.query(partition, after, limit, consistency, now);
    }

    @Override
    public void close() {
        store.close();
    }

    private void see(Transaction transaction, Instant now) throws StoreUnavailable {
        List<String> events = new ArrayList<>();
        List<String> changes = new ArrayList<>();
        int records = 0;
        for (Write write : transaction.writes()) {
            if (!(write instanceof Write.Put put)) {
                continue;
            }
            Item item = Items.of(put.key(), 0, put.payload(), put.expiresAt());
            if (isOutbox(put.key())) {
                OutboxItem.WaitingEvent waiting = Records.read(item, OutboxItem::read);
                if (waiting.refusals() == 0) {
                    events.add(waiting.event().id());
                }
            } else if (isKey(put.key())) {
                moved(Records.read(item, AccessKeyItem::read), now).ifPresent(changes::add);
            } else if (isUser(put.key())) {
                assertThat(Records.read(item, UserItem::read).accessKeyIds())
                        .hasSizeLessThanOrEqualTo(RamUser.MAX_KEYS);
            } else if (put.key().partition().startsWith("audit/")) {
                records += isOfAnApply(item) ? 0 : 1;
            }
        }
        assertThat(events)
                .as("what is told of keys, in the transaction that changes them")
                .containsAll(changes);
        assertThat(records).as("audit records").isEqualTo(events.size());
        for (String event : events) {
            assertThat(told.add(event)).as(event + " is told once").isTrue();
            assertThat(event).as("what can be done is done").doesNotStartWith("RotationFailed.");
        }
    }

    /** A change by a manifest is recorded, and is sent in no event. */
    private static boolean isOfAnApply(Item item) throws StoreUnavailable {
        return Records.read(item, AuditItem::read).what().equals("ManifestApplied");
    }

    /** The event that must tell it; empty when nothing changed that others would see, or the manifest brought the key. */
    private Optional<String> moved(StoredKey key, Instant now) {
        Optional<StoredKey> before = Optional.ofNullable(keys.put(key.id(), key));
        if (before.isEmpty()) {
            boolean imported = key.origin() == StoredKey.KeyOrigin.IMPORTED;
            made.addAndGet(imported ? 0 : 1);
            return imported ? Optional.empty() : Optional.of("AccessKeyCreated." + key.id());
        }
        assertThat(key.status())
                .as("what follows " + before.get().status())
                .isGreaterThanOrEqualTo(before.get().status());
        if (key.status() == before.get().status()) {
            return Optional.empty();
        }
        signsNoMore.putIfAbsent(key.id(), now);
        if (!key.status().verifies()) {
            outOfUse.putIfAbsent(key.id(), now);
        }
        return switch (key.status()) {
            case ACTIVE -> Optional.empty();
            case RETIRING -> Optional.of("AccessKeyRetiring." + key.id());
            case INACTIVE -> Optional.of("AccessKeyDeactivated." + key.id());
            case DELETED -> Optional.of("AccessKeyDeleted." + key.id());
        };
    }

    private static boolean isKey(ItemKey key) {
        return key.partition().startsWith("key/") && key.sort().equals("key");
    }

    private static boolean isUser(ItemKey key) {
        return key.sort().startsWith(UserItem.SORT_PREFIX);
    }

    private static boolean isOutbox(ItemKey key) {
        return key.partition().equals(OutboxItem.PARTITION);
    }
}
