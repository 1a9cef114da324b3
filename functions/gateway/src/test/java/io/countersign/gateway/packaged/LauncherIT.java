package io.countersign.gateway.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code ./countersign}, with the built jar, and with a Java that writes down how it was called. */
@Tag("jvm")
class LauncherIT {
    private static final Path LAUNCHER =
            Path.of("..", "..", "countersign").toAbsolutePath().normalize();

    @TempDir
    Path directory;

    private Path javaHome = Path.of("");

    record Result(int exit, String out, String err) {}

    /** One that ends with each of the statuses of the file {@code ends} in turn, and then with 0. */
    @BeforeEach
    void makeAJava() throws IOException {
        javaHome = Files.createDirectories(directory.resolve("jdk"));
        Files.writeString(javaHome.resolve("release"), "JAVA_VERSION=\"25.0.1\"\n");
        script(javaHome.resolve("bin/java"), """
                #!/bin/sh
                cd "$(dirname "$0")/.."
                printf '[%s]' "$@" >> calls
                echo "LC_ALL=${LC_ALL-}" >> calls
                status=$(head -n 1 ends 2>/dev/null || echo 0)
                [ ! -f ends ] || sed -i 1d ends
                exit "${status:-0}"
                """);
    }

    @Test
    void anOlderJavaBeforeItOnThePathIsPassedBy() throws Exception {
        script(directory.resolve("bin/java"), "#!/bin/sh\necho old; exit 9\n");
        Path older = Files.createDirectories(directory.resolve("older"));
        Files.writeString(older.resolve("release"), "JAVA_VERSION=\"17.0.9\"\n");
        script(older.resolve("bin/java"), "#!/bin/sh\necho old; exit 9\n");
        Result help = run(
                Map.of("PATH", directory.resolve("bin") + ":/usr/bin:/bin", "JAVA_HOME", older.toString()), "--help");
        assertThat(help.err()).isEmpty();
        assertThat(help.exit()).isZero();
        assertThat(help.out()).contains("serve").doesNotContain("old;");
    }

    @Test
    void argumentsAreUtf8WithoutALocaleToo() throws Exception {
        Files.writeString(directory.resolve("manifest.yaml"), """
                accounts:
                  - id: "1234567890123456"
                    users: [{name: signer, accessKeys: [{}]}]
                    buckets: [{name: examplebucket, region: cn-hangzhou, signer: signer, endpoint: "https://{bucket}.oss-{region}.aliyuncs.com"}]
                """);
        String data = directory.resolve("data").toString();
        Result applied = run(
                Map.of(),
                "apply",
                "--manifest",
                directory.resolve("manifest.yaml").toString(),
                "--data",
                data);
        assertThat(applied.err()).isEmpty();
        // A script's bytes are what they are; those of this JVM's arguments follow its locale.
        Path call = script(
                directory.resolve("call"),
                "#!/bin/sh\nexec '" + LAUNCHER + "' presign --bucket examplebucket --key '\u00fcn\u00ef.txt' --data '"
                        + data + "'\n");
        Result url = run(call, Map.of("LC_ALL", "C"));
        assertThat(url.out()).contains("/%C3%BCn%C3%AF.txt?");
    }

    @Test
    void propertiesGoToTheJvmAndTheRestToTheCommand() throws Exception {
        Result result = fake("-Dcountersign.cache.ttl=PT2S", "-Dx=a b", "presign", "--key", "a -D*", "-Dy");
        assertThat(result.exit()).isZero();
        assertThat(calls())
                .singleElement()
                .asString()
                .matches(
                        "\\[-XX:\\+ExitOnOutOfMemoryError]\\[-Dlauncher=/\\S+/countersign]\\[-Dcountersign\\.cache\\.ttl=PT2S]\\[-Dx=a b]\\[-jar]\\[\\S+/quarkus-run\\.jar]"
                                + "\\[presign]\\[--key]\\[a -D\\*]\\[-Dy]LC_ALL=.*");
    }

    @Test
    void aLinkToItWillDo() throws Exception {
        Path link = Files.createSymbolicLink(directory.resolve("countersign"), LAUNCHER);
        Path further = Files.createSymbolicLink(directory.resolve("further"), Path.of("countersign"));
        Result result = run(further, Map.of("JAVA_HOME", javaHome.toString()), "keys");
        assertThat(link).isSymbolicLink();
        assertThat(result.exit()).isZero();
        assertThat(calls()).singleElement().asString().contains("[keys]");
    }

    @Test
    void serveIsStartedAnewWhenItEndsForWantOfMemory() throws Exception {
        Files.writeString(javaHome.resolve("ends"), "3\n70\n1\n");
        Result result = fake("-Da=b", "serve", "--port", "0");
        assertThat(result.exit()).isOne();
        assertThat(result.err().lines()).hasSize(2).allMatch(line -> line.contains("want of memory"));
        assertThat(calls())
                .hasSize(3)
                .allMatch(call -> call.contains("[-Da=b]") && call.contains("[serve][--port][0]"));
    }

    @Test
    void otherCommandsEndAsTheyEnd() throws Exception {
        Files.writeString(javaHome.resolve("ends"), "3\n");
        assertThat(fake("apply").exit()).isEqualTo(3);
        assertThat(calls()).hasSize(1);
    }

    @Test
    void aStopIsHandedOnAndIsTheEnd() throws Exception {
        script(javaHome.resolve("bin/java"), """
                #!/bin/sh
                trap 'echo stopped; exit 3' TERM
                echo started
                while :; do sleep 0.1; done
                """);
        Process process = start(LAUNCHER, Map.of("JAVA_HOME", javaHome.toString()), "serve");
        try (var out = process.inputReader(StandardCharsets.UTF_8)) {
            assertThat(out.readLine()).isEqualTo("started");
            // Process.destroy() would close the stream, too.
            process.toHandle().destroy();
            assertThat(out.readLine()).isEqualTo("stopped");
            assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(3);
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    /** By the signal, or as the JVM that has taken it and has nothing to close. */
    @ParameterizedTest
    @ValueSource(strings = {"exec sleep 60", "trap 'exit 143' TERM; while :; do sleep 0.1; done"})
    void aStopBeforeThereIsAnythingToCloseIsQuietAndOrderly(String java) throws Exception {
        script(javaHome.resolve("bin/java"), "#!/bin/sh\necho started\n" + java + "\n");
        Process process = start(LAUNCHER, Map.of("JAVA_HOME", javaHome.toString()), "serve");
        try (var out = process.inputReader(StandardCharsets.UTF_8);
                var err = process.errorReader(StandardCharsets.UTF_8)) {
            assertThat(out.readLine()).isEqualTo("started");
            process.toHandle().destroy();
            assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isZero();
            assertThat(err.readLine()).isNull();
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    @Test
    void beforeTheBuildItSaysWhatToRun() throws Exception {
        Path alone = Files.copy(LAUNCHER, directory.resolve("alone"));
        Result result = run(alone, Map.of(), "serve");
        assertThat(result.exit()).isOne();
        assertThat(result.err()).startsWith("countersign: nothing is built yet; run ./mvnw");
    }

    private Result fake(String... arguments) throws Exception {
        return run(Map.of("JAVA_HOME", javaHome.toString()), arguments);
    }

    private List<String> calls() throws IOException {
        return Files.readAllLines(javaHome.resolve("calls"));
    }

    private Result run(Map<String, String> environment, String... arguments) throws Exception {
        return run(LAUNCHER, environment, arguments);
    }

    private Result run(Path launcher, Map<String, String> environment, String... arguments) throws Exception {
        Process process = start(launcher, environment, arguments);
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        return new Result(process.exitValue(), out, Files.readString(directory.resolve("err")));
    }

    private Process start(Path launcher, Map<String, String> environment, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(launcher.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectError(directory.resolve("err").toFile());
        builder.environment().putAll(environment);
        return builder.start();
    }

    private static Path script(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
