package io.countersign.gateway.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.gateway.cli.StoreKind;
import io.countersign.gateway.packaged.PackagedGateway;
import io.countersign.testkit.Seeds;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A gateway that is killed while clients write: what it acknowledged is there, and a nonce that it took is taken. */
class KilledServerIT {
    private static final int KILLS = 4;

    @TempDir
    private Path directory;

    @ParameterizedTest
    @MethodSource("io.countersign.gateway.cli.StoreKind#tested")
    void keepsAcknowledgedWritesAfterEachKill(StoreKind store) throws Exception {
        Installation installation = Installation.on(store, directory);
        installation.make();
        RandomGenerator random = Seeds.random();
        Acknowledged acknowledged = new Acknowledged();
        for (int kill = 0; kill < KILLS; kill++) {
            try (PackagedGateway gateway = installation.serve()) {
                Calls calls = new Calls(gateway.url());
                acknowledged.isHeldBy(calls, random);
                try (Writers writers = new Writers(calls, acknowledged)) {
                    Thread.sleep(random.nextInt(300, 1_200));
                    gateway.kill();
                }
            }
        }
        assertThat(acknowledged.count()).isGreaterThan(10 * KILLS);
        try (PackagedGateway gateway = installation.serve()) {
            acknowledged.isHeldBy(new Calls(gateway.url()), random);
        }
        Path file = installation.data().resolve("registry.db");
        if (Files.exists(file)) {
            assertThat(integrity(file)).isEqualTo("ok");
        }
    }

    private static String integrity(Path file) throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("PRAGMA integrity_check")) {
            rows.next();
            return rows.getString(1);
        }
    }
}
