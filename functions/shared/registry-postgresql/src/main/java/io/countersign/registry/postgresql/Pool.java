package io.countersign.registry.postgresql;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.cache.ConnectionCache;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.security.NamePrincipal;
import io.countersign.registry.store.StoreUnavailable;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.postgresql.Driver;

/** The connections to the server: a few, made when they are needed and replaced when they are broken or old. */
final class Pool implements AutoCloseable {
    /** A server accepts 100 by default, and several gateways share it. */
    static final int CONNECTIONS = 8;

    /** A connection that was idle longer is tried before it is used: the server may have been restarted. */
    private static final Duration TRIED_AFTER = Duration.ofSeconds(1);

    private static final Duration IDLE = Duration.ofMinutes(5);
    /** After a failover, names may lead to another server. */
    private static final Duration LIFE = Duration.ofMinutes(15);

    private final AgroalDataSource connections;

    /** What connections are for. */
    enum Use {
        ALL,
        /** Nothing is written, and a standby is good enough. */
        READ_ONLY
    }

    Pool(PostgresLocation location, Use use) throws StoreUnavailable {
        if (location.passwordFile().isPresent()) {
            new PasswordFile(location.passwordFile().get()).read();
        }
        try {
            connections = AgroalDataSource.from(configuration(location, use));
        } catch (SQLException e) {
            throw Failures.of(location, e);
        }
    }

    Connection take() throws SQLException {
        return connections.getConnection();
    }

    /** Has the idle connections closed, because one of them was found broken. */
    void doubt() {
        connections.flush(AgroalDataSource.FlushMode.IDLE);
    }

    @Override
    public void close() {
        connections.close();
    }

    private static AgroalDataSourceConfigurationSupplier configuration(PostgresLocation location, Use use) {
        return new AgroalDataSourceConfigurationSupplier()
                .connectionPoolConfiguration(pool -> pool.maxSize(CONNECTIONS)
                        // A thread makes one call.
                        .connectionCache(ConnectionCache.none())
                        .acquisitionTimeout(location.budget())
                        .idleValidationTimeout(TRIED_AFTER)
                        .reapTimeout(IDLE)
                        .maxLifetime(LIFE)
                        .flushOnClose(false)
                        .exceptionSorter(Failures::isFatal)
                        .connectionFactoryConfiguration(factory -> {
                            properties(location, use).forEach(factory::jdbcProperty);
                            location.passwordFile()
                                    .ifPresent(file -> factory.addSecurityProvider(new PasswordFile.Provider())
                                            .credential(new PasswordFile(file)));
                            return factory.connectionProviderClass(Driver.class)
                                    .jdbcUrl(location.url().jdbc())
                                    .principal(new NamePrincipal(location.user()));
                        }));
    }

    /** The driver's properties; a driver's default that could be changed by its environment is set here. */
    static Map<String, String> properties(PostgresLocation location, Use use) {
        long budget = location.budget().toMillis();
        Map<String, String> properties = new TreeMap<>();
        properties.put("ApplicationName", "countersign");
        properties.put("targetServerType", use == Use.ALL ? "primary" : "any");
        properties.put("gssEncMode", "disable");
        // Both in seconds. The login timeout may have a fraction.
        properties.put("loginTimeout", String.valueOf(budget / 1_000.0));
        properties.put("connectTimeout", String.valueOf(Math.max(1, budget / 3_000)));
        properties.put("tcpKeepAlive", "true");
        // The details of a message name values.
        properties.put("logServerErrorDetail", "false");
        // Conditions are held by row locks, whatever is the default of the database. The server ends what no caller
        // waits
        // for any more, with its locks.
        properties.put(
                "options",
                "-c default_transaction_isolation=read\\ committed -c statement_timeout=" + budget
                        + " -c idle_in_transaction_session_timeout=" + 2 * budget
                        + (use == Use.READ_ONLY ? " -c default_transaction_read_only=on" : ""));
        if (location.url().encrypted()) {
            properties.put("sslmode", "verify-full");
            location.url()
                    .rootCertificate()
                    .ifPresentOrElse(
                            file -> properties.put("sslrootcert", file),
                            () -> properties.put("sslfactory", "org.postgresql.ssl.DefaultJavaSSLFactory"));
        } else {
            properties.put("sslmode", "disable");
        }
        return properties;
    }
}
