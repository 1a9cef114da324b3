package io.countersign.gateway.packaged;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** How the gateway starts: by the archive's own runtime and cache where this build makes it ({@code dist.skip} is false), else by {@code java -jar quarkus-run.jar}. */
public final class Shipped {
    private static final Path TARGET = Path.of("target").toAbsolutePath();

    private Shipped() {}

    /**
     * The command that the arguments of the gateway follow.
     *
     * @param options for the JVM
     */
    public static List<String> command(List<String> options) {
        Optional<Path> archive = archive();
        List<String> command = new ArrayList<>();
        command.add(archive.map(top -> top.resolve("lib/runtime"))
                .orElse(Path.of(System.getProperty("java.home")))
                .resolve("bin/java")
                .toString());
        // As its launcher does.
        archive.map(top -> top.resolve("lib"))
                .ifPresent(lib -> command.addAll(List.of(
                        "-XX:AOTCache=" + lib.resolve("countersign.aot"),
                        "-Xlog:all=off:stdout",
                        "-Xlog:all=warning:stderr",
                        "-Dorg.sqlite.lib.path=" + lib.resolve("native"))));
        command.addAll(options);
        command.add("-jar");
        command.add(archive.map(top -> top.resolve("lib/gateway/lib/main"))
                .orElse(TARGET.resolve("quarkus-app"))
                .resolve("quarkus-run.jar")
                .toString());
        return command;
    }

    /** {@code countersign}, the script. */
    public static Path launcher() {
        return archive()
                .map(top -> top.resolve("bin"))
                .orElse(Path.of("..", "..").toAbsolutePath().normalize())
                .resolve("countersign");
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
