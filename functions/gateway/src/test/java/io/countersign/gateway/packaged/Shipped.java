package io.countersign.gateway.packaged;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How the gateway starts: as the executable where this build made one ({@code -Pnative}), by the archive's own runtime and cache where it makes that ({@code dist.skip} is
 * false), else by {@code java -jar quarkus-run.jar}.
 */
public final class Shipped {
    private static final Path TARGET = Path.of("target").toAbsolutePath();

    private Shipped() {}

    /**
     * The command that the arguments of the gateway follow.
     *
     * @param options for the JVM; an executable knows {@code -D}, {@code -Xmx} and a few more
     */
    public static List<String> command(List<String> options) {
        List<String> command = new ArrayList<>();
        Optional<Path> executable = executable();
        if (executable.isPresent()) {
            command.add(executable.get().toString());
            command.addAll(options);
            return command;
        }
        Optional<Path> archive = archive();
        if (archive.isPresent()) {
            // As its launcher does.
            Path lib = archive.get().resolve("lib");
            command.addAll(List.of("/bin/sh", "-c", "exec 9< \"$0\"; exec \"$@\""));
            command.add(lib.resolve("gateway/lib/main/quarkus-run.jar").toString());
            command.add(lib.resolve("runtime/bin/java").toString());
            command.add("-XX:AOTCache=" + lib.resolve("countersign.aot"));
            command.add("-Xlog:all=off:stdout");
            command.add("-Xlog:all=warning:stderr");
            command.add("-Dorg.sqlite.lib.path=" + lib.resolve("native"));
        } else {
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        }
        command.addAll(options);
        command.add("-jar");
        command.add(
                archive.isPresent()
                        ? "/proc/self/fd/9"
                        : TARGET.resolve("quarkus-app/quarkus-run.jar").toString());
        return command;
    }

    /** Whether it has the options and the tools of a JVM. */
    public static boolean isOnJvm() {
        return executable().isEmpty();
    }

    /** {@code countersign}, the script. */
    public static Path launcher() {
        return archive()
                .map(top -> top.resolve("bin"))
                .orElse(Path.of("..", "..").toAbsolutePath().normalize())
                .resolve("countersign");
    }

    /** A build of the one removes nothing of the other, so the newer one counts, as for the launcher. */
    static Optional<Path> executable() {
        Path jar = TARGET.resolve("quarkus-app/quarkus-run.jar");
        try (Stream<Path> built = Files.list(TARGET)) {
            return built.filter(file -> file.getFileName().toString().endsWith("-runner"))
                    .filter(file -> !Files.exists(jar)
                            || file.toFile().lastModified() > jar.toFile().lastModified())
                    .findFirst();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<Path> archive() {
        if (Boolean.parseBoolean(System.getProperty("dist.skip", "true"))) {
            return Optional.empty();
        }
        try (Stream<Path> tops = Files.list(TARGET.resolve("dist"))) {
            return Optional.of(tops.toList().getFirst());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
