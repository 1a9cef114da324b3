package io.countersign.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServedFileTest {
    @TempDir
    Path directory;

    private Path registry;
    private Path temporary;

    @BeforeEach
    void make() throws Exception {
        temporary = Files.createDirectory(directory.resolve("tmp"));
        registry = Files.writeString(
                Files.createDirectory(directory.resolve("data")).resolve("registry.db"), "one");
    }

    @Test
    void anotherFileUnderThePathOfAServerIsTold() throws Exception {
        try (OpenedData.Running running = new OpenedData.Running()) {
            served().hold(running);
            assertThatCode(() -> served().requireSame()).doesNotThrowAnyException();
            Path other = Files.writeString(directory.resolve("other"), "two");
            Files.move(registry, directory.resolve("moved"));
            Files.move(other, registry);
            assertThatThrownBy(() -> served().requireSame())
                    .isInstanceOf(CommandFailure.class)
                    .hasMessageContaining("AnotherFileServed")
                    .hasMessageContaining(Long.toString(ProcessHandle.current().pid()));
        }
        assertThatCode(() -> served().requireSame()).doesNotThrowAnyException();
    }

    @Test
    void aServerOfAnotherPathIsNoneOfThisOne() throws Exception {
        try (OpenedData.Running running = new OpenedData.Running()) {
            ServedFile.of(Files.writeString(directory.resolve("elsewhere"), "x"), temporary)
                    .hold(running);
            assertThatCode(() -> served().requireSame()).doesNotThrowAnyException();
        }
    }

    @Test
    void aDirectoryThatOthersMayWriteSaysNothing() throws Exception {
        Path marks = served().mark().resolveSibling("");
        Files.createDirectory(marks);
        Files.setPosixFilePermissions(marks, PosixFilePermissions.fromString("rwxrwxrwx"));
        try (OpenedData.Running running = new OpenedData.Running()) {
            served().hold(running);
            assertThat(served().mark()).doesNotExist();
            assertThatCode(() -> served().requireSame()).doesNotThrowAnyException();
        }
    }

    @Test
    void aCommandOnTheOtherFileIsRefused() throws Exception {
        Path data = directory.resolve("served");
        Operator operator = new Operator(data, Instant.parse("2026-11-22T03:00:00Z"));
        Path manifest = Files.writeString(directory.resolve("manifest.yaml"), "accounts: [{id: \"1\"}]");
        assertThat(operator.run("apply --manifest " + manifest).exit()).isZero();
        try (OpenedData.Running running = new OpenedData.Running()) {
            ServedFile.of(data.resolve("registry.db")).hold(running);
            assertThat(operator.run("rotate --token-keys").exit()).isZero();
            Path copy = Files.copy(data.resolve("registry.db"), directory.resolve("copy.db"));
            Files.delete(data.resolve("registry.db"));
            Files.move(copy, data.resolve("registry.db"));
            operator.run("rotate --token-keys").refused("AnotherFileServed", "restart it");
            operator.run("apply --manifest " + manifest).refused("AnotherFileServed");
        }
        assertThat(operator.run("apply --manifest " + manifest).exit()).isZero();
    }

    private ServedFile served() {
        return ServedFile.of(registry, temporary);
    }
}
