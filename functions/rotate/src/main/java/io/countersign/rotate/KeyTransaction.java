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

/** Steps about one holder that are written in one transaction, with the events and records that tell them, as long as nobody else was faster. */
final class KeyTransaction {
    private final KeyOwner.LoadedHolder loaded;
    private final EventRecorder ledger;
    private final Instant now;
    private final Map<String, StoredKey> changed = new LinkedHashMap<>();
    private final List<Write> others = new ArrayList<>();
    private KeyOwner holder;
    private Optional<AuthorityFailure> failure = Optional.empty();
    private Optional<Instant> lookAgainAt = Optional.empty();

    KeyTransaction(KeyOwner.LoadedHolder loaded, EventRecorder ledger, Instant now) {
        this.loaded = loaded;
        this.ledger = ledger;
        this.now = now;
        this.holder = loaded.holder();
    }

    /** The holder as it will stand. */
    KeyOwner holder() {
        return holder;
    }

    EventRecorder ledger() {
        return ledger;
    }

    void put(StoredKey key) {
        changed.put(key.id(), key);
        holder = holder.with(key);
    }

    void and(Write write) {
        others.add(write);
    }

    /** What could not be done is not tried again before this moment. */
    void failed(AuthorityFailure because, Instant tryAgainAt) {
        failure = Optional.of(because);
        lookAgainAt = Optional.of(tryAgainAt);
    }

    /** Why something could not be done. */
    Optional<AuthorityFailure> failure() {
        return failure;
    }

    /** When there will be something to do about the holder as it will stand; empty when never. */
    Optional<Instant> nextCheckAt() {
        return lookAgainAt.or(() -> Lifecycle.nextCheckAt(holder, now));
    }

    /** Once more of the same may be due at once; the entry in the index of due keys says when to look. */
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
                        DueItem.key(holder.owner(), due), DueItem.text(holder.owner()), Condition.anything())));
        writes.addAll(ledger.writes());
        writes.addAll(others);
        return new Transaction(writes);
    }

    /** The owner's record is written or compared each time: two changes of one holder never pass each other. */
    private Write owner() {
        List<String> ids = holder.keys().stream().map(StoredKey::id).toList();
        Condition asItWas = loaded.asItWas(loaded.item().key());
        return switch (holder.subject()) {
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
        if (loaded.holder().key(key.id()).isPresent()) {
            return Optional.empty();
        }
        String text =
                switch (holder.subject()) {
                    case KeyOwner.Subject.OfAccount subject -> PrincipalItem.text(subject.account());
                    case KeyOwner.Subject.OfUser subject -> PrincipalItem.text(subject.user());
                };
        return Optional.of(Write.put(item, text, Condition.anything()));
    }
}
