package io.countersign.gateway.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code bin/countersign} of an archive whose program only says that it runs: what the script does before. */
class LauncherTest {
    @TempDir
    private Path directory;

    private Path top = Path.of("");

    private record Result(int exit, String out, String err) {}

    @BeforeEach
    void unpack() throws IOException {
        top = directory.resolve("archive");
        Files.createDirectories(top.resolve("bin"));
        Files.copy(Path.of("..", "..", "countersign"), top.resolve("bin/countersign"));
        executable(top.resolve("bin/countersign"));
    }

    private void program(String name) throws IOException {
        Path program = top.resolve("lib").resolve(name);
        Files.createDirectories(program.getParent());
        executable(Files.writeString(program, "#!/bin/sh\necho \"ran $1\"\n"));
    }

    private static void executable(Path file) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private Result run(Path from, String... command) throws Exception {
        Path err = directory.resolve("err");
        Process process = new ProcessBuilder(command)
                .directory(from.toFile())
                .redirectError(err.toFile())
                .start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        return new Result(process.exitValue(), out, Files.readString(err));
    }

    /** {@code sh NAME} gives the script a name without a directory, and so may PATH. */
    @ParameterizedTest
    @ValueSource(strings = {"rel", "./rel", "second", "-dash", "down/rel", "up/../rel", "with blank"})
    void aLinkIsFollowedFromWhereItIs(String link) throws Exception {
        program("countersign");
        Path from = Files.createDirectories(directory.resolve("links"));
        Files.createDirectories(from.resolve("down"));
        Files.createDirectories(from.resolve("up"));
        Files.createSymbolicLink(from.resolve("csl"), top.resolve("bin/countersign"));
        Files.createSymbolicLink(from.resolve("rel"), Path.of("csl"));
        Files.createSymbolicLink(from.resolve("second"), Path.of("rel"));
        Files.createSymbolicLink(from.resolve("-dash"), Path.of("csl"));
        Files.createSymbolicLink(from.resolve("with blank"), Path.of("../archive/bin/countersign"));
        Files.createSymbolicLink(from.resolve("down/rel"), Path.of("../csl"));
        Result result = run(from, "sh", "--", link, "--version");
        assertThat(result.err()).isEmpty();
        assertThat(result.out()).startsWith("ran -Dlauncher=").contains("/archive/bin/countersign");
        assertThat(result.exit()).isZero();
    }

    @Test
    void theScriptWithoutADirectoryIsTheOneOfTheWorkingDirectory() throws Exception {
        program("countersign");
        Result result = run(top.resolve("bin"), "sh", "countersign", "--version");
        assertThat(result.err()).isEmpty();
        assertThat(result.out()).startsWith("ran ");
    }

    /** Some ways to copy files lose their modes. */
    @ParameterizedTest
    @ValueSource(strings = {"runtime/bin/java", "countersign"})
    void aProgramThatCannotBeExecutedIsTold(String name) throws Exception {
        program(name);
        Path program = top.resolve("lib").resolve(name);
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rw-r--r--"));
        Result result = run(directory, top.resolve("bin/countersign").toString(), "--version");
        assertThat(result.exit()).isOne();
        assertThat(result.out()).isEmpty();
        assertThat(result.err())
                .isEqualTo("countersign: " + program.toRealPath() + " cannot be executed; unpack the archive again\n");
    }

    @Test
    void anArchiveWithoutItsProgramIsTold() throws Exception {
        Files.createDirectories(top.resolve("lib/gateway"));
        Result result = run(directory, top.resolve("bin/countersign").toString(), "--version");
        assertThat(result.exit()).isOne();
        assertThat(result.err()).contains("unpack the archive again").doesNotContain("mvnw");
    }
}
