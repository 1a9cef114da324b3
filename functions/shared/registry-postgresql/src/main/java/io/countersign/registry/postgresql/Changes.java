package io.countersign.registry.postgresql;

import io.countersign.registry.store.Condition;
import io.countersign.registry.store.Item;
import io.countersign.registry.store.ItemKey;
import io.countersign.registry.store.RegistryStore;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.registry.store.Transaction;
import io.countersign.registry.store.Write;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes a transaction. The rows that are there are locked, then their conditions are evaluated. A row that is not
 * there cannot be locked: it is inserted, which waits for another transaction that inserts it, and taken back where the
 * transaction writes nothing to it. So every condition still holds when the transaction commits.
 */
record Changes(Connection connection, long version, Instant now) {
    /** How often the rows are read anew after another transaction inserted one of them. */
    private static final int LOOKS = 20;

    /**
     * @throws StoreUnavailable.UnreadableRecord when a condition depends on a damaged record, which might be a used
     *     nonce
     */
    RegistryStore.WriteResult make(Transaction transaction) throws SQLException, StoreUnavailable {
        connection.setAutoCommit(false);
        boolean committed = false;
        try {
            for (int look = 0; look < LOOKS; look++) {
                Optional<RegistryStore.WriteResult> result = attempt(transaction);
                if (result.isPresent() && result.get() instanceof RegistryStore.WriteResult.Committed) {
                    connection.commit();
                    committed = true;
                }
                if (result.isPresent()) {
                    return result.get();
                }
                connection.rollback();
            }
            return new RegistryStore.WriteResult.Conflict(List.of());
        } catch (SQLException e) {
            if (Failures.isConflict(e)) {
                return new RegistryStore.WriteResult.Conflict(List.of());
            }
            throw e;
        } finally {
            if (!committed) {
                connection.rollback();
            }
            connection.setAutoCommit(true);
        }
    }

    /** @return empty when another transaction inserted a row that was not there */
    private Optional<RegistryStore.WriteResult> attempt(Transaction transaction)
            throws SQLException, StoreUnavailable.UnreadableRecord {
        Map<ItemKey, Item> found = Rows.locked(
                connection, transaction.writes().stream().map(Write::key).toList());
        List<ItemKey> failed = new ArrayList<>();
        for (Write write : transaction.writes()) {
            if (!holds(write.condition(), Optional.ofNullable(found.get(write.key())))) {
                failed.add(write.key());
            }
        }
        if (!failed.isEmpty()) {
            return Optional.of(new RegistryStore.WriteResult.Conflict(failed));
        }
        List<Write.Put> inserted = new ArrayList<>();
        List<Write.Put> replaced = new ArrayList<>();
        List<ItemKey> deleted = new ArrayList<>();
        for (Write write : transaction.writes()) {
            boolean there = found.containsKey(write.key());
            boolean free = write.condition() instanceof Condition.Anything;
            switch (write) {
                case Write.Put put -> (there || free ? replaced : inserted).add(put);
                case Write.Delete delete -> {
                    deleted.add(delete.key());
                    if (!there && !free) {
                        inserted.add(held(delete.key()));
                    }
                }
                case Write.Check check -> {
                    if (!there && !free) {
                        inserted.add(held(check.key()));
                        deleted.add(check.key());
                    }
                }
            }
        }
        Statements statements = new Statements(connection, version);
        if (statements.insert(inserted) != inserted.size()) {
            return Optional.empty();
        }
        statements.replace(replaced);
        statements.delete(deleted);
        return Optional.of(new RegistryStore.WriteResult.Committed());
    }

    /** Holds the place of a key until the transaction ends, and is deleted in it. */
    private static Write.Put held(ItemKey key) {
        return new Write.Put(key, "", Optional.empty(), Condition.absent());
    }

    private boolean holds(Condition condition, Optional<Item> found) throws StoreUnavailable.UnreadableRecord {
        return switch (condition) {
            case Condition.Anything anything -> true;
            case Condition.Absent absent -> found.isEmpty();
            case Condition.AbsentOrExpired absent -> live(found).isEmpty();
            case Condition.VersionEquals equals ->
                live(found).filter(item -> item.version() == equals.version()).isPresent();
        };
    }

    private Optional<Item> live(Optional<Item> found) throws StoreUnavailable.UnreadableRecord {
        if (found.isPresent() && found.get().intact().isEmpty()) {
            throw StoreUnavailable.UnreadableRecord.damaged(found.get().key());
        }
        return found.filter(item -> !item.expired(now));
    }
}
