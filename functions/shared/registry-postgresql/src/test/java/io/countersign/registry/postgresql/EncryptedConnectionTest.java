package io.countersign.registry.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.registry.store.StoreUnavailable;
import io.countersign.testkit.Seeds;
import io.countersign.testkit.SelfSigned;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A connection is made only with the server that its certificate names, under an authority that is trusted. */
@Tag("postgresql")
class EncryptedConnectionTest {

    @TempDir
    private Path directory;

    private PostgresServer server;

    @BeforeEach
    void start() throws Exception {
        server = PostgresServer.make(20);
        server.execute("postgres", "CREATE ROLE with_password LOGIN SUPERUSER PASSWORD 'PasswordOfTheTest'");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void isMadeWithTheServerThatIsMeant() throws Exception {
        Path authority = encrypt("dns:localhost");
        try (PostgresStore store = open("?sslmode=verify-full&sslrootcert=" + authority)) {
            assertThat(store).isNotNull();
            try (Connection connection = PostgresServer.connect(server.url("postgres"));
                    var statement = connection.createStatement();
                    var row = statement.executeQuery(
                            "SELECT count(*) FROM pg_stat_ssl JOIN pg_stat_activity USING (pid) WHERE ssl AND usename = 'with_password'")) {
                row.next();
                assertThat(row.getInt(1)).isPositive();
            }
        }
    }

    @Test
    void isRefusedWithAServerOfAnotherName() throws Exception {
        Path authority = encrypt("dns:db.example.com");
        refused("?sslmode=verify-full&sslrootcert=" + authority, "certificate");
    }

    @Test
    void isRefusedUnderAnAuthorityThatIsNotTrusted() throws Exception {
        encrypt("dns:localhost");
        refused("?sslmode=verify-full", "certificate");
        Path other = SelfSigned.made(directory, "other", "dns:localhost").pem();
        refused("?sslmode=verify-full&sslrootcert=" + other, "certificate");
    }

    @Test
    void isRefusedWithAServerThatDoesNotEncrypt() throws Exception {
        Path authority = SelfSigned.made(directory, "server", "dns:localhost").pem();
        refused("?sslmode=verify-full&sslrootcert=" + authority, "that it encrypts");
    }

    private void refused(String properties, String reason) {
        assertThatThrownBy(() -> open(properties))
                .isInstanceOf(StoreUnavailable.class)
                .hasMessageContaining(reason)
                .hasMessageNotContaining("PasswordOfTheTest");
    }

    private PostgresStore open(String properties) throws Exception {
        Path password = Files.writeString(directory.resolve("password"), "PasswordOfTheTest");
        Files.setPosixFilePermissions(password, PosixFilePermissions.fromString("rw-------"));
        ServerUrl url = ServerUrl.of("jdbc:postgresql://localhost:" + server.port() + "/postgres" + properties);
        return PostgresStore.open(
                new PostgresLocation(url, "with_password", Optional.of(password), Duration.ofSeconds(10)),
                Seeds.secure());
    }

    /** The server encrypts from now on. Returns the file with its certificate, which is its own authority. */
    private Path encrypt(String name) throws Exception {
        SelfSigned pair = SelfSigned.made(directory, "server", name);
        try (Connection connection = PostgresServer.connect(server.url("postgres"))) {
            write(connection, "server.crt", Files.readString(pair.pem()));
            write(connection, "server.key", pair.key());
            PostgresServer.execute(connection, "ALTER SYSTEM SET ssl = on");
            PostgresServer.execute(connection, "SELECT pg_reload_conf()");
        }
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!isEncrypting()) {
            assertThat(System.nanoTime()).isLessThan(end);
            Thread.sleep(50);
        }
        return pair.pem();
    }

    private boolean isEncrypting() throws SQLException {
        try (Connection connection = PostgresServer.connect(server.url("postgres"));
                var statement = connection.createStatement();
                var row = statement.executeQuery("SHOW ssl")) {
            row.next();
            return row.getString(1).equals("on");
        }
    }

    /** Writes a file as the server, which must own its key. */
    private static void write(Connection connection, String file, String text) throws SQLException {
        PostgresServer.execute(connection, "CREATE TABLE lines (number int, line text)");
        String[] lines = text.split("\n");
        for (int i = 0; i < lines.length; i++) {
            try (PreparedStatement statement = connection.prepareStatement("INSERT INTO lines VALUES (?, ?)")) {
                statement.setInt(1, i);
                statement.setString(2, lines[i]);
                statement.executeUpdate();
            }
        }
        PostgresServer.execute(
                connection, "COPY (SELECT line FROM lines ORDER BY number) TO PROGRAM 'umask 077; cat > " + file + "'");
        PostgresServer.execute(connection, "DROP TABLE lines");
    }
}
