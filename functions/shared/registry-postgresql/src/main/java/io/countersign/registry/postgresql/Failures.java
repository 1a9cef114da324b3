package io.countersign.registry.postgresql;

import io.countersign.registry.store.StoreUnavailable;
import java.sql.SQLException;
import java.util.Optional;

/**
 * Describes a failure of PostgreSQL for the operator, by its SQLSTATE (PostgreSQL's documentation, appendix A). The
 * server's own message is left out because it may contain values.
 */
final class Failures {
    private Failures() {}

    static StoreUnavailable of(PostgresLocation location, SQLException failure) {
        Optional<PasswordFile.Unreadable> unreadable = unreadable(failure);
        if (unreadable.isPresent()) {
            return new StoreUnavailable(String.valueOf(unreadable.get().getMessage()), unreadable.get());
        }
        return new StoreUnavailable(location.name() + " " + advice(state(failure)), failure);
    }

    static StoreUnavailable tooLate(PostgresLocation location) {
        return new StoreUnavailable(location.name() + " did not answer in the time that was allowed; try again");
    }

    /** The request was not sent. */
    static StoreUnavailable silent(PostgresLocation location) {
        return new StoreUnavailable(location.name()
                + " did not answer the last calls, and is tried again in a second; check the server and the network");
    }

    /** Another transaction had the rows, or both waited for each other. This one was not made. */
    static boolean isConflict(SQLException failure) {
        String state = state(failure);
        return state.equals("40001") || state.equals("40P01");
    }

    /** Whether the server did not answer. */
    static boolean isSilent(SQLException failure) {
        return state(failure).startsWith("08") || state(failure).isEmpty();
    }

    /** Whether the connection is of no more use: it is broken, the server is stopping, or it no longer accepts writes. */
    static boolean isFatal(SQLException failure) {
        String state = state(failure);
        return isSilent(failure) || state.startsWith("57P") || state.equals("25006") || state.equals("25P03");
    }

    private static Optional<PasswordFile.Unreadable> unreadable(SQLException failure) {
        Throwable cause = failure;
        while (cause != null && !(cause instanceof PasswordFile.Unreadable)) {
            cause = cause.getCause();
        }
        return Optional.ofNullable((PasswordFile.Unreadable) cause);
    }

    /** The pool may wrap the driver's failure in one without a state. */
    private static String state(SQLException failure) {
        Throwable cause = failure;
        while (cause != null) {
            if (cause instanceof SQLException sql && sql.getSQLState() != null) {
                return sql.getSQLState();
            }
            cause = cause.getCause();
        }
        return "";
    }

    private static String advice(String state) {
        return switch (state) {
            case "28000", "28P01" -> "refused the user or the password; check both, and the server's pg_hba.conf";
            case "08004" ->
                "refused the connection; check that it encrypts, the file of the password, and its pg_hba.conf";
            case "3D000" -> "does not exist; make it, or configure the right name";
            case "42501" ->
                "lets this user do less than the registry needs; run infra/postgresql/schema.sql as its owner";
            case "3F000", "42P01", "42703" ->
                "has no registry of this version; start one gateway with a user that may make it, or run"
                        + " infra/postgresql/schema.sql";
            case "25006" -> "accepts no writes: it is a standby, or it is set so; name the primary";
            case "53300" -> "has no connection left; raise its max_connections, or end what uses them, then try again";
            case "53100" -> "cannot grow; make room on its disk";
            case "57014" -> "did not answer in the time that was allowed; try again";
            case "57P01", "57P02", "57P03" -> "is starting or stopping; try again";
            case "XX001", "XX002" -> "is damaged; stop every gateway that uses it and restore it from a backup";
            default ->
                state.startsWith("08") || state.isEmpty()
                        ? "cannot be reached; check the server, the network and its certificate, then try again"
                        : "fails (" + state + "); try again";
        };
    }
}
