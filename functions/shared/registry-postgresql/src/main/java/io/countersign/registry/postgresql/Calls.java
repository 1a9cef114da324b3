package io.countersign.registry.postgresql;

import io.countersign.registry.store.Breaker;
import io.countersign.registry.store.CallDeadline;
import io.countersign.registry.store.StoreUnavailable;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.postgresql.jdbc.PgConnection;

/**
 * Makes calls that end in their time. Each has a thread of its own, because the driver waits for the network without
 * end in several places: connecting, sending and receiving. The caller stops waiting at the deadline, the call's
 * connection is cut off, and its thread ends with it.
 */
final class Calls implements AutoCloseable {
    /** A connection that broke while it was idle shows it at its first use, and so may the next one. */
    private static final int READS = 3;

    /** No answer arrives in less time. */
    private static final long LEAST_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final PostgresLocation location;
    private final Pool pool;
    private final Breaker breaker = new Breaker(System::nanoTime);
    private final Set<Connection> ours = Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));
    private volatile Optional<RegistryMark> mark = Optional.empty();
    private volatile boolean closed;

    Calls(PostgresLocation location, Pool pool) {
        this.location = location;
        this.pool = pool;
    }

    /** From now on, a connection that leads to another registry is refused. */
    void require(RegistryMark opened) {
        mark = Optional.of(opened);
    }

    /** Work on a connection that commits each statement. */
    interface Work<T> {
        T with(Connection connection) throws SQLException, StoreUnavailable;
    }

    /** Reads. A connection that turns out to be broken is replaced. */
    <T> T read(Work<T> work) throws StoreUnavailable {
        return within(READS, work);
    }

    /** Writes, once: after a broken connection it is unknown whether the write was made. */
    <T> T write(Work<T> work) throws StoreUnavailable {
        return within(1, work);
    }

    @Override
    public void close() {
        closed = true;
        pool.close();
    }

    private <T> T within(int attempts, Work<T> work) throws StoreUnavailable {
        if (closed) {
            throw new StoreUnavailable(location.name() + " cannot be used: the store was closed");
        }
        long budget = location.budget().toNanos();
        long left = Math.min(budget, CallDeadline.left().orElse(budget));
        if (left < LEAST_NANOS) {
            throw Failures.tooLate(location);
        }
        Breaker.Pass pass = breaker.pass();
        if (pass == Breaker.Pass.REFUSED) {
            throw Failures.silent(location);
        }
        Breaker.Outcome outcome = Breaker.Outcome.UNKNOWN;
        try {
            T answer = answered(attempts, work, System.nanoTime() + left);
            outcome = Breaker.Outcome.ANSWERED;
            return answer;
        } catch (SQLException e) {
            outcome = Failures.isSilent(e) ? Breaker.Outcome.SILENT : Breaker.Outcome.ANSWERED;
            throw Failures.of(location, e);
        } catch (TimeoutException e) {
            // For a call that began with little time, a slow server cannot be distinguished from a silent one.
            outcome = left >= budget / 3 ? Breaker.Outcome.SILENT : Breaker.Outcome.UNKNOWN;
            throw Failures.tooLate(location);
        } finally {
            breaker.tell(pass, outcome);
        }
    }

    private <T> T answered(int attempts, Work<T> work, long end)
            throws SQLException, StoreUnavailable, TimeoutException {
        for (int attempt = 1; ; attempt++) {
            Call<T> call = new Call<>(work);
            try {
                return call.until(end);
            } catch (SQLException e) {
                if (!call.hadConnection() || !Failures.isFatal(e) || attempt == attempts) {
                    throw e;
                }
                pool.doubt();
            }
        }
    }

    /** One attempt. */
    private final class Call<T> {
        private final FutureTask<T> task;
        private final CutOff cutOff = new CutOff();

        Call(Work<T> work) {
            this.task = new FutureTask<>(() -> run(work));
        }

        T until(long end) throws SQLException, StoreUnavailable, TimeoutException {
            Thread.ofVirtual().name("countersign-postgresql").start(task);
            try {
                return task.get(end - System.nanoTime(), TimeUnit.NANOSECONDS);
            } catch (TimeoutException e) {
                cutOff.cut();
                throw e;
            } catch (InterruptedException e) {
                cutOff.cut();
                Thread.currentThread().interrupt();
                throw new StoreUnavailable("the wait for " + location.name() + " was interrupted", e);
            } catch (ExecutionException e) {
                throw thrown(e);
            }
        }

        boolean hadConnection() {
            return cutOff.hadConnection();
        }

        private T run(Work<T> work) throws SQLException, StoreUnavailable {
            try (Connection connection = pool.take()) {
                cutOff.begin(connection);
                try {
                    requireOurs(connection);
                    return work.with(connection);
                } finally {
                    cutOff.end();
                }
            }
        }

        /** Never returns: the exception that ended the call. */
        private RuntimeException thrown(ExecutionException ended) throws SQLException, StoreUnavailable {
            switch (ended.getCause()) {
                case SQLException sql -> throw sql;
                case StoreUnavailable unavailable -> throw unavailable;
                case PasswordFile.Unreadable unreadable ->
                    throw new StoreUnavailable(String.valueOf(unreadable.getMessage()), unreadable);
                case RuntimeException unexpected -> throw unexpected;
                case Error error -> throw error;
                case null, default -> throw new IllegalStateException(ended);
            }
        }
    }

    /** A new connection may lead to another server than the last: after a failover, or a wrong move of a name. */
    private void requireOurs(Connection connection) throws SQLException, StoreUnavailable {
        Connection server = connection.unwrap(PgConnection.class);
        Optional<RegistryMark> opened = mark;
        if (opened.isPresent() && !ours.contains(server)) {
            RegistryMark found = RegistryMark.read(connection, location);
            if (!found.equals(opened.get())) {
                throw new StoreUnavailable(location.name()
                        + " holds another registry than the one that was opened; restart the gateway if that is meant");
            }
            ours.add(server);
        }
    }
}
