package io.countersign.lambda.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The builds of bench/cold-start.sh, in a tree whose Maven and Java only record their calls. */
class ColdStartScriptTest {
    private static final List<String> FUNCTIONS = List.of("token", "presign", "sign-content", "verify", "rotate");
    private static final Path REPOSITORY = Path.of("..", "..", "..");
    private static final Path SCRIPT = Path.of("functions", "tests", "lambda", "bench", "cold-start.sh");

    @TempDir
    private Path root;

    @BeforeEach
    void tree() throws IOException {
        for (Path file : List.of(SCRIPT, Path.of(".mvn", "jdk.sh"))) {
            Files.createDirectories(root.resolve(file).getParent());
            Files.copy(REPOSITORY.resolve(file), root.resolve(file));
        }
        program(
                "mvnw",
                "echo mvnw \"$@\"; mkdir -p functions/tests/lambda/target; : >functions/tests/lambda/target/test.classpath");
        program("jdk/bin/javac", "exit 1");
        program("jdk/bin/java", "echo java \"$1\"");
        program("jdk/bin/jar", "exec " + Path.of(System.getProperty("java.home"), "bin", "jar") + " \"$@\"");
        Files.writeString(root.resolve("jdk/release"), "JAVA_VERSION=\"25.0.1\"\n");
    }

    @Test
    void thePageOnPerformanceNamesIt() throws IOException {
        assertThat(Files.readString(REPOSITORY.resolve("docs/performance.md"))).contains("\n    " + SCRIPT + "\n");
        assertThat(REPOSITORY.resolve(SCRIPT)).isExecutable();
    }

    @Test
    void inAFreshTreeAllIsBuilt() throws Exception {
        assertThat(run("jvm"))
                .containsExactly(
                        "building functions/token,functions/presign,functions/sign-content,functions/verify,functions/rotate",
                        "mvnw -q -B -DskipTests -Dspotless.check.skip -pl"
                                + " functions/token,functions/presign,functions/sign-content,functions/verify,functions/rotate"
                                + " -am package",
                        "java -Dlambda.package=jvm");
    }

    @Test
    void buildsNothingThatExists() throws Exception {
        for (String function : FUNCTIONS) {
            zip(function, "lib/a.jar");
        }
        assertThat(run("jvm"))
                .containsExactly(
                        "mvnw -q -B -DskipTests -Dspotless.check.skip -Dlambda.skip -pl functions/tests/lambda -am package",
                        "java -Dlambda.package=jvm");
        assertThat(run("jvm")).containsExactly("java -Dlambda.package=jvm");
    }

    @Test
    void aPackageOfTheOtherKindIsMissing() throws Exception {
        for (String function : FUNCTIONS) {
            zip(function, function.equals("verify") ? "lib/a.jar" : "bootstrap");
        }
        assertThat(run("native"))
                .containsExactly(
                        "building functions/verify",
                        "mvnw -q -B -DskipTests -Dspotless.check.skip -Pnative -pl functions/verify -am package",
                        "java -Dlambda.package=native");
    }

    private List<String> run(String kind) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(root.resolve(SCRIPT).toString()).redirectErrorStream(true);
        builder.environment().put("PACKAGE", kind);
        builder.environment().put("JAVA_HOME", root.resolve("jdk").toString());
        Process shell = builder.start();
        List<String> lines = shell.inputReader().lines().toList();
        assertThat(shell.waitFor()).as(String.join("\n", lines)).isZero();
        return lines;
    }

    private void zip(String function, String entry) throws IOException {
        Path file = root.resolve(Path.of("functions", function, "target", "function.zip"));
        Files.createDirectories(Optional.ofNullable(file.getParent()).orElseThrow());
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.putNextEntry(new ZipEntry(entry));
        }
    }

    private void program(String name, String text) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/bin/sh\n" + text + "\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }
}
