package io.countersign.rotate;

import io.countersign.registry.AccountItem;
import io.countersign.registry.Authority;
import io.countersign.registry.KeyStatus;
import io.countersign.registry.Owner;
import io.countersign.registry.RamUser;
import io.countersign.registry.StoredKey;
import io.countersign.registry.store.Condition;
import io.countersign.registry.store.Item;
import io.countersign.registry.store.ItemKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An account or user with its access keys that are not deleted.
 *
 * @param keys the oldest first
 */
record KeyOwner(Subject subject, List<StoredKey> keys) {
    private static final Comparator<StoredKey> BY_AGE =
            Comparator.comparing(StoredKey::createdAt).thenComparing(StoredKey::id);

    /** The owner's record. */
    sealed interface Subject {
        record OfAccount(AccountItem.Account account) implements Subject {}

        record OfUser(RamUser user) implements Subject {}
    }

    KeyOwner {
        keys = keys.stream()
                .filter(key -> key.status() != KeyStatus.DELETED)
                .sorted(BY_AGE)
                .toList();
    }

    Owner owner() {
        return switch (subject) {
            case Subject.OfAccount account ->
                new Owner.OfAccount(account.account().id());
            case Subject.OfUser user ->
                new Owner.OfUser(user.user().accountId(), user.user().name());
        };
    }

    RamUser.RotationRule rule() {
        return switch (subject) {
            case Subject.OfAccount account -> RamUser.RotationRule.DEFAULT;
            case Subject.OfUser user -> user.user().rotation();
        };
    }

    Authority authority() {
        return switch (subject) {
            case Subject.OfAccount account -> Authority.REGISTRY;
            case Subject.OfUser user -> user.user().authority();
        };
    }

    /** Whether keys are replaced at a certain age, as users' keys are. An account's own keys are replaced on request only. */
    boolean rotatesByItself() {
        return switch (subject) {
            case Subject.OfAccount account -> false;
            case Subject.OfUser user -> true;
        };
    }

    int maxKeys() {
        return switch (subject) {
            case Subject.OfAccount account -> AccountItem.Account.MAX_KEYS;
            case Subject.OfUser user -> RamUser.MAX_KEYS;
        };
    }

    boolean isFull() {
        return keys.size() >= maxKeys();
    }

    Optional<StoredKey> key(String id) {
        return keys.stream().filter(key -> key.id().equals(id)).findFirst();
    }

    /** The Active key that replaces this one. */
    Optional<StoredKey> successor(StoredKey key) {
        return keys.stream()
                .filter(other ->
                        other.status() == KeyStatus.ACTIVE && other.replaces().equals(Optional.of(key.id())))
                .findFirst();
    }

    Optional<StoredKey> newestActive() {
        return newest(KeyStatus.ACTIVE);
    }

    Optional<StoredKey> newestRetiring() {
        return newest(KeyStatus.RETIRING);
    }

    private Optional<StoredKey> newest(KeyStatus status) {
        return keys.stream().filter(key -> key.status() == status).reduce((older, newer) -> newer);
    }

    /** The older Active key that this one was to replace. A replacement of this key must replace that one too. */
    Optional<StoredKey> stillReplacedBy(StoredKey key) {
        return key.replaces().flatMap(this::key).filter(older -> older.status() == KeyStatus.ACTIVE);
    }

    /** Whether a replacement is in progress. */
    boolean isRotating() {
        return keys.stream()
                .anyMatch(key -> key.status() == KeyStatus.RETIRING
                        || (key.status() == KeyStatus.ACTIVE && successor(key).isPresent()));
    }

    /** The oldest key that rotation or an event has deactivated, which may be deleted to make room. A key whose deletion is pending comes first. */
    Optional<StoredKey> spent() {
        return keys.stream()
                .filter(KeyOwner::isSpent)
                .min(Comparator.comparing((StoredKey key) -> key.debt() != StoredKey.Debt.DELETION));
    }

    /** A spent key other than this one. */
    Optional<StoredKey> spentBeside(StoredKey key) {
        return keys.stream()
                .filter(other -> isSpent(other) && !other.id().equals(key.id()))
                .findFirst();
    }

    /** Whether the key is Inactive by rotation or an event, rather than by the manifest. */
    static boolean isSpent(StoredKey key) {
        return key.status() == KeyStatus.INACTIVE
                && !key.followsManifest()
                && key.since().isAfter(key.createdAt());
    }

    /** Returns a copy with the key added or replaced; a tombstone removes it. */
    KeyOwner with(StoredKey changed) {
        List<StoredKey> next = new ArrayList<>(keys);
        next.removeIf(key -> key.id().equals(changed.id()));
        next.add(changed);
        return new KeyOwner(subject, next);
    }

    /**
     * An owner with the items that it was read from.
     *
     * @param item the owner's record
     * @param items all items by key
     */
    record Loaded(KeyOwner keyOwner, Item item, Map<ItemKey, Item> items) {
        Loaded {
            items = Map.copyOf(items);
        }

        /** The condition that the item is unchanged, or still absent. */
        Condition asItWas(ItemKey key) {
            Item read = items.get(key);
            return read == null ? Condition.absent() : Condition.versionEquals(read.version());
        }
    }
}
