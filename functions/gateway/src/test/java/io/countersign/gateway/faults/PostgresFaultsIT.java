package io.countersign.gateway.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.gateway.packaged.PackagedGateway;
import io.countersign.registry.postgresql.PostgresServer;
import io.countersign.testkit.Seeds;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two gateways on one PostgreSQL server that is killed, hangs and runs out of connections while clients write and ask. */
@Tag("postgresql")
class PostgresFaultsIT {
    /** The budget of a request, and what a busy machine adds. */
    private static final Duration ANSWER = Duration.ofSeconds(3 + 4);

    private static final Duration EACH = Duration.ofSeconds(4);
    private static final int CONNECTIONS = 40;
    private static final int CLIENTS = 4;

    @TempDir
    private Path directory;

    @Test
    void allowsNothingWhileTheServerFailsAndKeepsAcknowledgedWrites() throws Exception {
        try (PostgresServer server = PostgresServer.make(CONNECTIONS)) {
            String url = server.newDatabase();
            Installation installation = new Installation(
                    directory,
                    Map.of(
                            "countersign.store", "postgresql",
                            "countersign.postgresql.url", url,
                            "countersign.postgresql.user", "postgres",
                            "countersign.cache.ttl", "PT0.2S",
                            "countersign.aws.api-call-timeout", "PT3S"));
            installation.make();
            try (PackagedGateway one = installation.serve();
                    PackagedGateway other = installation.serve()) {
                List<Calls> gateways = List.of(new Calls(one.url()), new Calls(other.url()));
                Acknowledged acknowledged = new Acknowledged();
                for (Fault fault : List.of(new Killed(server), new Hanging(server), new Full(server, url))) {
                    try (Writers first = new Writers(gateways.getFirst(), acknowledged);
                            Writers second = new Writers(gateways.getLast(), acknowledged)) {
                        Thread.sleep(300);
                        fault.begin();
                        assertThat(unavailable(gateways)).as(fault.toString()).isPositive();
                        fault.end();
                        for (Calls gateway : gateways) {
                            new Verdicts(gateway, ANSWER).areRightAgain();
                        }
                    }
                    RandomGenerator random = Seeds.random();
                    for (Calls gateway : gateways) {
                        acknowledged.isHeldBy(gateway, random);
                    }
                }
                assertThat(acknowledged.count()).isGreaterThan(30);
            }
        }
    }

    private static int unavailable(List<Calls> gateways) throws Exception {
        Instant end = Instant.now().plus(EACH);
        try (ExecutorService threads = Executors.newFixedThreadPool(CLIENTS)) {
            List<Future<Integer>> clients = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                Calls gateway = gateways.get(i % gateways.size());
                clients.add(threads.submit(() -> new Verdicts(gateway, ANSWER).unavailable(end)));
            }
            int unavailable = 0;
            for (Future<Integer> client : clients) {
                unavailable += client.get();
            }
            return unavailable;
        }
    }

    /** What goes wrong with a server. */
    private sealed interface Fault {
        void begin() throws Exception;

        void end() throws Exception;
    }

    private record Killed(PostgresServer server) implements Fault {
        @Override
        public void begin() throws Exception {
            server.kill();
        }

        @Override
        public void end() throws Exception {
            server.restart();
        }
    }

    private record Hanging(PostgresServer server) implements Fault {
        @Override
        public void begin() throws Exception {
            server.hang();
        }

        @Override
        public void end() throws Exception {
            server.goOn();
        }
    }

    /** Others have every connection, and the gateways lose theirs. */
    private record Full(PostgresServer server, String url, List<Connection> others) implements Fault {
        Full(PostgresServer server, String url) {
            this(server, url, new ArrayList<>());
        }

        @Override
        public void begin() throws Exception {
            Connection administrator = PostgresServer.connect(url);
            others.add(administrator);
            while (others.size() < CONNECTIONS) {
                try (var statement = administrator.createStatement()) {
                    statement.execute(
                            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'countersign'");
                }
                try {
                    for (int i = 0; i < CONNECTIONS; i++) {
                        others.add(PostgresServer.connect(url));
                    }
                } catch (SQLException e) {
                    assertThat(e.getSQLState()).isEqualTo("53300");
                    Thread.sleep(20);
                }
            }
        }

        @Override
        public void end() throws Exception {
            for (Connection other : others) {
                other.close();
            }
        }
    }
}
