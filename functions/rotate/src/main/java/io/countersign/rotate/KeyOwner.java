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
 * Somebody who has access keys, and the keys that are not deleted.
 *
 * @param keys the oldest first
 */
record KeyOwner(Subject subject, List<StoredKey> keys) {
    private static final Comparator<StoredKey> BY_AGE =
            Comparator.comparing(StoredKey::createdAt).thenComparing(StoredKey::id);

    /** The record whose keys they are. */
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

    /** Whether keys come of age by themselves: users' do. An account's own keys are replaced on request alone. */
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

    /** The Active key that was made to replace this one. */
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

    /** The older key that this one was to take over from: who takes this one's place does so, or nobody would. */
    Optional<StoredKey> stillReplacedBy(StoredKey key) {
        return key.replaces().flatMap(this::key).filter(older -> older.status() == KeyStatus.ACTIVE);
    }

    /** Whether one key is on its way out while another takes its place. */
    boolean isRotating() {
        return keys.stream()
                .anyMatch(key -> key.status() == KeyStatus.RETIRING
                        || (key.status() == KeyStatus.ACTIVE && successor(key).isPresent()));
    }

    /** The key that rotation or an event has put out of use the longest ago: it may be deleted to make room. One whose deletion is decided comes first. */
    Optional<StoredKey> spent() {
        return keys.stream()
                .filter(KeyOwner::isSpent)
                .min(Comparator.comparing((StoredKey key) -> key.debt() != StoredKey.Debt.DELETION));
    }

    /** The same, and not this one. */
    Optional<StoredKey> spentBeside(StoredKey key) {
        return keys.stream()
                .filter(other -> isSpent(other) && !other.id().equals(key.id()))
                .findFirst();
    }

    /** Inactive, and not because apply made it so. */
    static boolean isSpent(StoredKey key) {
        return key.status() == KeyStatus.INACTIVE
                && !key.followsManifest()
                && key.since().isAfter(key.createdAt());
    }

    /** This holder with one key changed, added, or deleted when it is a tombstone. */
    KeyOwner with(StoredKey changed) {
        List<StoredKey> next = new ArrayList<>(keys);
        next.removeIf(key -> key.id().equals(changed.id()));
        next.add(changed);
        return new KeyOwner(subject, next);
    }

    /**
     * A holder and the items that it was read from.
     *
     * @param item the owner's own
     * @param items all of them, by key
     */
    record LoadedHolder(KeyOwner holder, Item item, Map<ItemKey, Item> items) {
        LoadedHolder {
            items = Map.copyOf(items);
        }

        /** That the item stands as it was read, or is still absent. */
        Condition asItWas(ItemKey key) {
            Item read = items.get(key);
            return read == null ? Condition.absent() : Condition.versionEquals(read.version());
        }
    }
}
