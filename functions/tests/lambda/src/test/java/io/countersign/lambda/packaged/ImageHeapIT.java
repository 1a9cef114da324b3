package io.countersign.lambda.packaged;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * That each function can be compiled, as far as static state goes, without a compiler. Quarkus has every class initialised while an executable is built, unless a
 * native-image.properties on the class path says otherwise; what static fields hold then is what every process starts with.
 */
class ImageHeapIT {
    private static final String AT_RUN_TIME = "--initialize-at-run-time=";
    private static final Set<String> HOLD_WHAT_NO_IMAGE_MAY = Set.of(
            "software.amazon.awssdk.services.dynamodb.DynamoDbRetryPolicy",
            "io.countersign.http.client.BoundedExchange$Client");

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"token", "presign", "sign-content", "verify", "rotate"})
    void noStaticFieldHoldsWhatNoExecutableMay(String module) throws Exception {
        assumeFalse(PackagedFunction.NATIVE, "there are no classes in an executable");
        Path task = PackagedFunction.unpacked(module);
        Set<String> classes = new TreeSet<>();
        Set<String> atRunTime = new TreeSet<>();
        for (Path jar : jars(task)) {
            try (JarFile file = new JarFile(jar.toFile())) {
                for (JarEntry entry : file.stream().toList()) {
                    add(entry.getName(), () -> file.getInputStream(entry), classes, atRunTime);
                }
            }
        }
        try (Stream<Path> files = Files.walk(task)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                add(task.relativize(file).toString(), () -> Files.newInputStream(file), classes, atRunTime);
            }
        }
        assertThat(classes).hasSizeGreaterThan(5_000);
        // A class that was renamed would be initialised with the others.
        assertThat(classes).containsAll(atRunTime);

        List<String> found = run(task, classes, atRunTime);
        assertThat(found).noneMatch(line -> line.startsWith(StaticState.FOUND));
        assertThat(found).noneMatch(line -> line.startsWith(StaticState.STARTED));
        assertThat(found).anyMatch(line -> line.matches(StaticState.LOOKED_AT + "[0-9]{4,}"));
    }

    /** That the test above would see it. */
    @ParameterizedTest
    @ValueSource(strings = "token")
    void withoutTheListsItIsFound(String module) throws Exception {
        assumeFalse(PackagedFunction.NATIVE, "there are no classes in an executable");
        List<String> found = run(PackagedFunction.unpacked(module), HOLD_WHAT_NO_IMAGE_MAY, Set.of());
        for (String holder : HOLD_WHAT_NO_IMAGE_MAY) {
            assertThat(found).anyMatch(line -> line.startsWith(StaticState.FOUND + holder + "."));
        }
    }

    private interface Content {
        InputStream open() throws IOException;
    }

    private static void add(String name, Content content, Set<String> classes, Set<String> atRunTime)
            throws IOException {
        if (name.endsWith("/native-image.properties")) {
            try (InputStream file = content.open()) {
                Properties properties = new Properties();
                properties.load(file);
                atRunTime.addAll(namedIn(properties.getProperty("Args", "")));
            }
        } else if (name.endsWith(".class") && !name.startsWith("META-INF/") && !name.endsWith("-info.class")) {
            classes.add(name.substring(0, name.length() - ".class".length()).replace('/', '.'));
        }
    }

    private static List<String> namedIn(String arguments) {
        return Arrays.stream(arguments.split("\\s+"))
                .filter(argument -> argument.startsWith(AT_RUN_TIME))
                .flatMap(argument ->
                        Arrays.stream(argument.substring(AT_RUN_TIME.length()).split(",")))
                .toList();
    }

    private List<String> run(Path task, Set<String> classes, Set<String> atRunTime) throws Exception {
        Path out = directory.resolve("out");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UnlockDiagnosticVMOptions",
                "-XX:-BytecodeVerificationRemote",
                "@" + opened(),
                "-cp",
                classPath(task),
                StaticState.class.getName(),
                names("classes", classes),
                names("at-run-time", atRunTime)));
        int status = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start()
                .waitFor();
        String text = Files.readString(out);
        assertThat(status).as(text).isZero();
        return text.lines().toList();
    }

    private static String classPath(Path task) throws IOException {
        List<String> path = new ArrayList<>();
        path.add(task.toString());
        jars(task).forEach(jar -> path.add(jar.toString()));
        path.add(Path.of("target", "test-classes").toAbsolutePath().toString());
        return String.join(File.pathSeparator, path);
    }

    private static List<Path> jars(Path task) throws IOException {
        try (Stream<Path> jars = Files.list(task.resolve("lib"))) {
            return jars.sorted().toList();
        }
    }

    private String names(String file, Set<String> names) throws IOException {
        return Files.write(directory.resolve(file), names).toString();
    }

    /** So that fields of the JDK's own classes can be followed. */
    private Path opened() throws IOException {
        List<String> options = ModuleLayer.boot().modules().stream()
                .flatMap(module -> module.getPackages().stream()
                        .map(name -> "--add-opens=" + module.getName() + "/" + name + "=ALL-UNNAMED"))
                .sorted()
                .toList();
        return Files.write(directory.resolve("opened"), options, StandardCharsets.UTF_8);
    }
}
