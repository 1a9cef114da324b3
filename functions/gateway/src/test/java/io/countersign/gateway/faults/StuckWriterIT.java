package io.countersign.gateway.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.gateway.cli.StoreKind;
import io.countersign.gateway.packaged.PackagedGateway;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Another process holds the lock of the registry's file and makes no headway, as a suspended apply does. */
class StuckWriterIT {
    /** A write waits two seconds; the rest is for a busy machine. */
    private static final Duration WRITE = Duration.ofSeconds(6);

    private static final int WRITES = 48;

    @TempDir
    private Path directory;

    @Test
    void writesAreRefusedInTimeAndEverythingElseGoesOn() throws Exception {
        Installation installation = Installation.on(StoreKind.SQLITE, directory);
        installation.make();
        try (PackagedGateway gateway = installation.serve();
                ExecutorService threads = Executors.newFixedThreadPool(WRITES)) {
            Calls calls = new Calls(gateway.url());
            assertThat(calls.publish("before").statusCode()).isEqualTo(200);
            try (Connection holder = DriverManager.getConnection(
                            "jdbc:sqlite:" + installation.data().resolve("registry.db"));
                    Statement statement = holder.createStatement()) {
                statement.execute("BEGIN IMMEDIATE");
                List<Future<Duration>> writes = new ArrayList<>();
                for (int i = 0; i < WRITES; i++) {
                    String key = "while/" + i;
                    writes.add(threads.submit(() -> refused(calls, key)));
                }
                for (int i = 0; i < 20; i++) {
                    long begun = System.nanoTime();
                    assertThat(calls.health().statusCode()).isEqualTo(200);
                    assertThat(calls.isPublic("before")).isTrue();
                    assertThat(calls.isPublic("none")).isFalse();
                    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(WRITE);
                }
                for (Future<Duration> write : writes) {
                    assertThat(write.get()).isLessThan(WRITE);
                }
                statement.execute("ROLLBACK");
            }
            assertThat(calls.publish("after").statusCode()).isEqualTo(200);
            assertThat(calls.isPublic("after")).isTrue();
            assertThat(calls.isPublic("while/0")).isFalse();
        }
    }

    private static Duration refused(Calls calls, String key) throws Exception {
        long begun = System.nanoTime();
        assertThat(calls.publish(key).statusCode()).isEqualTo(503);
        return Duration.ofNanos(System.nanoTime() - begun);
    }
}
