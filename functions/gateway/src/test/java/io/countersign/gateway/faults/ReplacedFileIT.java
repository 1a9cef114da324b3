package io.countersign.gateway.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.gateway.cli.StoreKind;
import io.countersign.gateway.packaged.PackagedGateway;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The data directory goes, or another takes its place, under a gateway that serves it. */
class ReplacedFileIT {
    @TempDir
    private Path directory;

    private Installation installation = new Installation(Path.of(""), Map.of());

    @BeforeEach
    void make() throws Exception {
        installation = Installation.on(StoreKind.SQLITE, directory);
        installation.make();
    }

    @Test
    void acknowledgesNoWriteToAReplacedFile() throws Exception {
        Path away = directory.resolve("away");
        try (PackagedGateway gateway = installation.serve()) {
            Calls calls = new Calls(gateway.url());
            assertThat(calls.health().statusCode()).isEqualTo(200);
            Files.move(installation.data(), away);
            assertThat(calls.publish("a").statusCode()).isEqualTo(503);
            assertThat(calls.health().statusCode()).isEqualTo(503);
            Files.move(away, installation.data());
            awaitHealth(calls, 200);
            assertThat(calls.publish("a").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void aCommandOnTheOtherFileIsToldThatAServerHoldsThisOne() throws Exception {
        Installation other = Installation.on(StoreKind.SQLITE, Files.createDirectory(directory.resolve("other")));
        other.make();
        try (PackagedGateway gateway = installation.serve()) {
            Calls calls = new Calls(gateway.url());
            Files.move(installation.data(), directory.resolve("away"));
            Files.move(other.data(), installation.data());
            assertThat(calls.publish("a").statusCode()).isEqualTo(503);
            isRefused(installation.run("rotate", "--compromised", Installation.CALLER.id()));
            isRefused(installation.run(
                    "apply", "--manifest", installation.manifest(0).toString()));
        }
    }

    private static void isRefused(PackagedGateway.Result command) {
        assertThat(command.exit()).isOne();
        assertThat(command.err()).contains("AnotherFileServed");
    }

    /** The store is probed once a second at most. */
    private static void awaitHealth(Calls calls, int status) throws Exception {
        Instant end = Instant.now().plus(Duration.ofSeconds(15));
        while (calls.health().statusCode() != status) {
            assertThat(Instant.now()).isBefore(end);
            Thread.sleep(100);
        }
    }
}
