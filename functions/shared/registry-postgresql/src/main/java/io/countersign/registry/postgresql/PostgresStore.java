package io.countersign.registry.postgresql;

import io.countersign.registry.store.Condition;
import io.countersign.registry.store.Item;
import io.countersign.registry.store.ItemKey;
import io.countersign.registry.store.RegistryStore;
import io.countersign.registry.store.ScannableStore;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.registry.store.Transaction;
import io.countersign.registry.store.Write;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The registry in one table of a PostgreSQL database (version 13 or later), for any number of processes on any number
 * of machines. A transaction that {@link #write} acknowledged is as durable as the server keeps it. A batch or a page
 * is of one moment.
 *
 * <p>A call ends within {@link PostgresLocation#budget}, or at the earlier {@link
 * io.countersign.registry.store.CallDeadline}. While the server does not answer at all, calls fail at once, and one
 * call a second checks whether it answers again. When the address leads to another registry than the one that was
 * opened, every call on the new connection fails.
 */
public final class PostgresStore implements ScannableStore {
    private final Calls calls;
    private final SecureRandom random;
    private final Upkeep upkeep;

    private PostgresStore(Calls calls, SecureRandom random) {
        this.calls = calls;
        this.random = random;
        this.upkeep = new Upkeep(calls, System::nanoTime);
    }

    /**
     * Opens the registry, and makes its tables first when they do not exist.
     *
     * @param random the source of versions, which have 63 bits so that none is repeated
     * @throws StoreUnavailable when the server cannot be reached or refuses, the tables are of a newer format, or the
     *     password file is not this user's own
     */
    public static PostgresStore open(PostgresLocation location, SecureRandom random) throws StoreUnavailable {
        return opened(location, random, Pool.Use.ALL, connection -> Schema.prepare(connection, location));
    }

    /**
     * Opens an existing registry for reading only; the server may be a standby. Nothing is made or changed, and the
     * server refuses writes.
     *
     * @throws StoreUnavailable as {@link #open} does, and when there is no registry
     */
    public static PostgresStore openReadOnly(PostgresLocation location, SecureRandom random) throws StoreUnavailable {
        return opened(location, random, Pool.Use.READ_ONLY, connection -> RegistryMark.read(connection, location));
    }

    private static PostgresStore opened(
            PostgresLocation location, SecureRandom random, Pool.Use use, Calls.Work<RegistryMark> prepare)
            throws StoreUnavailable {
        Calls calls = new Calls(location, new Pool(location, use));
        try {
            calls.require(calls.read(prepare));
            return new PostgresStore(calls, random);
        } catch (StoreUnavailable e) {
            calls.close();
            throw e;
        }
    }

    @Override
    public Map<ItemKey, Item> get(Set<ItemKey> keys, RegistryStore.Consistency consistency, Instant now)
            throws StoreUnavailable {
        if (keys.size() > MAX_KEYS) {
            throw new IllegalArgumentException("a batch has at most " + MAX_KEYS + " keys");
        }
        return keys.isEmpty() ? Map.of() : calls.read(connection -> Rows.get(connection, keys, now));
    }

    @Override
    public RegistryStore.WriteResult write(Transaction transaction, Instant now) throws StoreUnavailable {
        RegistryStore.WriteResult result = calls.write(connection -> make(connection, transaction, now));
        upkeep.after(now);
        return result;
    }

    @Override
    public RegistryStore.Page query(
            String partition, Optional<String> after, int limit, RegistryStore.Consistency consistency, Instant now)
            throws StoreUnavailable {
        RegistryStore.checkLimit(limit);
        return calls.read(connection -> Rows.page(connection, partition, after, limit, now));
    }

    @Override
    public ScannableStore.Part scan(Optional<ItemKey> after, int limit, Instant now) throws StoreUnavailable {
        return calls.read(connection -> Rows.scan(connection, after, limit, now));
    }

    @Override
    public void close() {
        calls.close();
    }

    /** A single put is one statement where that decides it. Otherwise rows are locked and looked at. */
    private RegistryStore.WriteResult make(Connection connection, Transaction transaction, Instant now)
            throws SQLException, StoreUnavailable {
        long version = random.nextLong() & Long.MAX_VALUE;
        List<Write> writes = transaction.writes();
        boolean made = writes.size() == 1
                && writes.getFirst() instanceof Write.Put put
                && isMade(new Statements(connection, version), put, now);
        return made
                ? new RegistryStore.WriteResult.Committed()
                : new Changes(connection, version, now).make(transaction);
    }

    static boolean isMade(Statements statements, Write.Put put, Instant now) throws SQLException {
        return switch (put.condition()) {
            case Condition.Anything anything -> statements.replace(List.of(put)) == 1;
            case Condition.Absent absent -> statements.insert(List.of(put)) == 1;
            case Condition.AbsentOrExpired absent -> statements.insert(List.of(put)) == 1;
            case Condition.VersionEquals equals -> statements.replace(put, equals.version(), now);
        };
    }
}
