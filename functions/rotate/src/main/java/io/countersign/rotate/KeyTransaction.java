package io.countersign.rotate;

import io.countersign.registry.AccessKeyItem;
import io.countersign.registry.AccountItem;
import io.countersign.registry.KeyStatus;
import io.countersign.registry.PrincipalItem;
import io.countersign.registry.StoredKey;
import io.countersign.registry.UserItem;
import io.countersign.registry.rotation.DueItem;
import io.countersign.registry.store.Condition;
import io.countersign.registry.store.ItemKey;
import io.countersign.registry.store.Transaction;
import io.countersign.registry.store.Write;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Collects changes to one owner's keys, with their events and audit records, for one transaction that fails when another process has changed the owner. */
final class KeyTransaction {
    private final KeyOwner.Loaded loaded;
    private final EventRecorder recorder;
    private final Instant now;
    private final Map<String, StoredKey> changed = new LinkedHashMap<>();
    private final List<Write> others = new ArrayList<>();
    private KeyOwner keyOwner;
    private Optional<AuthorityFailure> failure = Optional.empty();
    private Optional<Instant> retryAt = Optional.empty();

    KeyTransaction(KeyOwner.Loaded loaded, EventRecorder recorder, Instant now) {
        this.loaded = loaded;
        this.recorder = recorder;
        this.now = now;
        this.keyOwner = loaded.keyOwner();
    }

    /** The owner with the changes made so far. */
    KeyOwner keyOwner() {
        return keyOwner;
    }

    EventRecorder recorder() {
        return recorder;
    }

    void put(StoredKey key) {
        changed.put(key.id(), key);
        keyOwner = keyOwner.with(key);
    }

    void and(Write write) {
        others.add(write);
    }

    /** Records that an action failed, and the time before which it is not tried again. */
    void failed(AuthorityFailure cause, Instant tryAgainAt) {
        failure = Optional.of(cause);
        retryAt = Optional.of(tryAgainAt);
    }

    /** The failure of an action, if one failed. */
    Optional<AuthorityFailure> failure() {
        return failure;
    }

    /** Returns when the changed owner needs a check; empty when never. */
    Optional<Instant> nextCheckAt() {
        return retryAt.or(() -> Lifecycle.nextCheckAt(keyOwner, now));
    }

    /** Builds the transaction, with an entry in the index of due keys for the next check. Another action may be due at once. */
    Transaction transaction() {
        List<Write> writes = new ArrayList<>();
        writes.add(owner());
        for (StoredKey key : changed.values()) {
            ItemKey item = AccessKeyItem.key(key.id());
            writes.add(Write.put(item, AccessKeyItem.text(key), loaded.asItWas(item)));
            principal(key).ifPresent(writes::add);
        }
        nextCheckAt()
                .ifPresent(due -> writes.add(Write.put(
                        DueItem.key(keyOwner.owner(), due), DueItem.text(keyOwner.owner()), Condition.anything())));
        writes.addAll(recorder.writes());
        writes.addAll(others);
        return new Transaction(writes);
    }

    /** Writes the owner's record in each transaction, so that two concurrent changes of one owner conflict. */
    private Write owner() {
        List<String> ids = keyOwner.keys().stream().map(StoredKey::id).toList();
        Condition asItWas = loaded.asItWas(loaded.item().key());
        return switch (keyOwner.subject()) {
            case KeyOwner.Subject.OfAccount subject ->
                Write.put(
                        loaded.item().key(),
                        AccountItem.text(
                                new AccountItem.Account(subject.account().id(), ids)),
                        asItWas);
            case KeyOwner.Subject.OfUser subject ->
                Write.put(loaded.item().key(), UserItem.text(subject.user().with(ids)), asItWas);
        };
    }

    private Optional<Write> principal(StoredKey key) {
        ItemKey item = PrincipalItem.key(key.id());
        if (key.status() == KeyStatus.DELETED) {
            return Optional.of(Write.delete(item, Condition.anything()));
        }
        if (loaded.keyOwner().key(key.id()).isPresent()) {
            return Optional.empty();
        }
        String text =
                switch (keyOwner.subject()) {
                    case KeyOwner.Subject.OfAccount subject -> PrincipalItem.text(subject.account());
                    case KeyOwner.Subject.OfUser subject -> PrincipalItem.text(subject.user());
                };
        return Optional.of(Write.put(item, text, Condition.anything()));
    }
}
