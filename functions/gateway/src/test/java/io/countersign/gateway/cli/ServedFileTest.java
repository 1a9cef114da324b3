package io.countersign.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.gateway.config.DataSettings;
import io.countersign.testkit.Seeds;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServedFileTest {
    @TempDir
    Path directory;

    private Path registry;
    private Path temporary;
    private Path runtime;

    @BeforeEach
    void make() throws Exception {
        temporary = Files.createDirectory(directory.resolve("tmp"));
        runtime = directory.resolve("run");
        registry = Files.writeString(
                Files.createDirectory(directory.resolve("data")).resolve("registry.db"), "one");
    }

    @Test
    void anotherFileUnderThePathOfAServerIsTold() throws Exception {
        try (OpenedData.Running running = new OpenedData.Running()) {
            served().hold(running);
            assertThatCode(() -> served().requireSame()).doesNotThrowAnyException();
            replace();
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
            ServedFile.of(Files.writeString(directory.resolve("elsewhere"), "x"), List.of(runtime), temporary)
                    .hold(running);
            assertThatCode(() -> served().requireSame()).doesNotThrowAnyException();
        }
    }

    @Test
    void aDirectoryThatOthersMayWriteSaysNothing() throws Exception {
        for (Path mark : served().marks()) {
            Files.createDirectories(mark.resolveSibling(""));
            Files.setPosixFilePermissions(mark.resolveSibling(""), PosixFilePermissions.fromString("rwxrwxrwx"));
        }
        try (OpenedData.Running running = new OpenedData.Running()) {
            served().hold(running);
            assertThat(served().marks()).noneMatch(Files::exists);
            assertThatCode(() -> served().requireSame()).doesNotThrowAnyException();
        }
    }

    @Test
    void aServerWithTemporaryFilesOfItsOwnIsFoundInTheRuntimeDirectory() throws Exception {
        Files.createDirectory(runtime);
        Files.setPosixFilePermissions(runtime, PosixFilePermissions.fromString("rwxr-x---"));
        Path ofTheService = Files.createDirectory(directory.resolve("private"));
        try (OpenedData.Running running = new OpenedData.Running()) {
            ServedFile.of(registry, List.of(runtime), ofTheService).hold(running);
            replace();
            assertThatThrownBy(() -> served().requireSame()).hasMessageContaining("AnotherFileServed");
        }
    }

    @Test
    void aServerFromBeforeTheRuntimeDirectoryIsFoundAmongTheTemporaryFiles() throws Exception {
        try (OpenedData.Running running = new OpenedData.Running()) {
            served().hold(running);
            Files.createDirectory(runtime);
            replace();
            assertThatThrownBy(() -> served().requireSame()).hasMessageContaining("AnotherFileServed");
        }
    }

    @Test
    void aRuntimeDirectoryThatOthersMayWriteHoldsNoMark() throws Exception {
        Files.createDirectory(runtime);
        Files.setPosixFilePermissions(runtime, PosixFilePermissions.fromString("rwxrwx---"));
        try (OpenedData.Running running = new OpenedData.Running()) {
            served().hold(running);
            assertThat(runtime).isEmptyDirectory();
            replace();
            assertThatThrownBy(() -> served().requireSame()).hasMessageContaining("AnotherFileServed");
        }
    }

    @Test
    void aDeletedFileIsAnotherToo() throws Exception {
        try (OpenedData.Running running = new OpenedData.Running()) {
            served().hold(running);
            Files.delete(registry);
            assertThatThrownBy(() -> served().requireSame()).hasMessageContaining("AnotherFileServed");
        }
    }

    @Test
    void aCommandOpensNoFileNextToTheLogOfAServersOwn() throws Exception {
        Path data = directory.resolve("served");
        Instant now = Instant.parse("2026-11-22T03:00:00Z");
        Operator operator = new Operator(data, now);
        Path manifest = Files.writeString(directory.resolve("manifest.yaml"), "accounts: [{id: \"1\"}]");
        assertThat(operator.run("apply --manifest " + manifest).exit()).isZero();
        try (OpenedData server = OpenedData.open(data, DataSettings.EMBEDDED, Seeds.secure(), () -> now)) {
            server.servedFile().orElseThrow().hold(server.held());
            Files.delete(data.resolve("registry.db"));
            operator.run("apply --manifest " + manifest).refused("AnotherFileServed");
            assertThat(data.resolve("registry.db")).doesNotExist();
            byte[] damaged = "damaged".getBytes(StandardCharsets.UTF_8);
            Files.write(data.resolve("registry.db"), damaged);
            operator.run("apply --manifest " + manifest).refused("AnotherFileServed");
            operator.run("keys").refused("AnotherFileServed");
            operator.run("rotate --token-keys").refused("AnotherFileServed");
            assertThat(data.resolve("registry.db")).hasBinaryContent(damaged);
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

    private void replace() throws Exception {
        Files.move(registry, directory.resolve("moved"));
        Files.writeString(registry, "two");
    }

    private ServedFile served() {
        return ServedFile.of(registry, List.of(runtime), temporary);
    }
}
