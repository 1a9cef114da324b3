package io.countersign.registry.postgresql;

import io.countersign.testkit.Debian;
import io.countersign.testkit.Ports;
import io.countersign.testkit.Seeds;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.TimeUnit;

/** A PostgreSQL server on a free port of loopback. It keeps nothing over a loss of power, which tests do not cause. */
public final class PostgresServer implements AutoCloseable {
    /** For a machine that has to fetch it first. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private static final int CONNECTIONS = 200;

    /** The packages of a machine that has no PostgreSQL: unpacked by the first server of this process, where its user may read them. */
    private static final Path PACKAGES = Path.of(
            System.getProperty("java.io.tmpdir"),
            "countersign-postgresql-packages-" + ProcessHandle.current().pid());

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> remove(PACKAGES)));
    }

    private static Optional<PostgresServer> shared = Optional.empty();

    private final Path directory;
    private final int port;
    private final int connections;
    private Process process;

    private PostgresServer(Path directory, int port, int connections) throws IOException, InterruptedException {
        this.directory = directory;
        this.port = port;
        this.connections = connections;
        this.process = start();
    }

    /** The one that tests share, each with a database of its own. */
    public static synchronized PostgresServer running() throws IOException, InterruptedException {
        if (shared.isEmpty()) {
            PostgresServer server = make(CONNECTIONS);
            Runtime.getRuntime().addShutdownHook(new Thread(server::close));
            shared = Optional.of(server);
        }
        return shared.get();
    }

    /** One of its own, for a test that stops it. */
    public static PostgresServer make(int connections) throws IOException, InterruptedException {
        return new PostgresServer(Files.createTempDirectory("countersign-postgresql"), Ports.free(), connections);
    }

    /** A new database's URL, without a registry. */
    public String newDatabase() throws SQLException {
        String name = "registry-" + Seeds.uuid();
        execute("postgres", "CREATE DATABASE \"" + name + "\"");
        return url(name);
    }

    public String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    public int port() {
        return port;
    }

    /** Executes statements in a database as its administrator. */
    public void execute(String database, String... statements) throws SQLException {
        try (Connection connection = connect(url(database))) {
            for (String sql : statements) {
                execute(connection, sql);
            }
        }
    }

    /** A connection of the administrator. */
    public static Connection connect(String url) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", "postgres");
        properties.setProperty("sslmode", "disable");
        properties.setProperty("gssEncMode", "disable");
        return DriverManager.getConnection(url, properties);
    }

    static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** The server and its processes stop at once, as after a crash; {@link #restart} recovers. */
    public void kill() throws IOException, InterruptedException {
        signal("QUIT");
        process.waitFor();
    }

    public void restart() throws IOException, InterruptedException {
        process = start();
    }

    /** The server does not answer, until {@link #goOn}. New connections are accepted by the kernel, and nobody speaks. */
    public void hang() throws IOException, InterruptedException {
        all("STOP");
    }

    public void goOn() throws IOException, InterruptedException {
        all("CONT");
    }

    @Override
    public void close() {
        try {
            all("CONT");
            signal("QUIT");
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
            remove(directory);
        } catch (IOException e) {
            process.destroyForcibly();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    /** Goes on by itself where this process ends: there may be some ten thousand files, and an end has 30 seconds. */
    private static void remove(Path directory) {
        try {
            new ProcessBuilder("rm", "-rf", directory.toString())
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            // It stays among the temporary files.
        }
    }

    private void all(String signal) throws IOException, InterruptedException {
        for (ProcessHandle child : process.descendants().toList()) {
            signal(child.pid(), signal);
        }
        signal(signal);
    }

    private void signal(String signal) throws IOException, InterruptedException {
        signal(process.pid(), signal);
    }

    private static void signal(long pid, String signal) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + signal, "" + pid).start().waitFor();
    }

    private Process start() throws IOException, InterruptedException {
        Path script = directory.resolve("server.sh");
        try (InputStream text = PostgresServer.class.getResourceAsStream("server.sh")) {
            Files.write(script, text.readAllBytes());
        }
        Path log = directory.resolve("server.log");
        Process started = new ProcessBuilder(
                        "bash",
                        script.toString(),
                        directory.toString(),
                        "" + port,
                        "" + connections,
                        PACKAGES.toString(),
                        Debian.script().toString())
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        Instant end = Instant.now().plus(PATIENCE);
        while (!answers()) {
            if (!started.isAlive() || Instant.now().isAfter(end)) {
                started.destroyForcibly();
                throw new IOException("PostgreSQL did not start:\n" + Files.readString(log));
            }
            Thread.sleep(50);
        }
        return started;
    }

    private boolean answers() {
        try (Connection connection = connect(url("postgres"))) {
            return connection.isValid(5);
        } catch (SQLException e) {
            return false;
        }
    }
}
