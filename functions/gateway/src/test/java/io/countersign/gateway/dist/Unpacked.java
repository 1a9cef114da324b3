package io.countersign.gateway.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The archive of this build, unpacked. Its programs run with an environment that names no directory with programs, so they find no Java and no other tool. */
final class Unpacked {
    private static final Pattern READY = Pattern.compile("countersign: ready on (http://[^\\s]+)");
    private static final long PATIENCE_SECONDS = 120;

    private final Path top;

    private Unpacked(Path top) {
        this.top = top;
    }

    /** The end of a program. */
    record Result(int exit, String out, String err) {}

    /** A server of the archive. */
    record Server(Process process, String url) implements AutoCloseable {
        /** Stops it as an operator does. */
        @Override
        public void close() throws InterruptedException {
            process.destroy();
            assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isZero();
        }
    }

    static Path archive() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("target"))) {
            List<Path> archives = files.filter(file ->
                            file.getFileName().toString().matches("countersign-.*-linux-(x64|arm64)\\.tar\\.gz"))
                    .toList();
            assertThat(archives).hasSize(1);
            return archives.getFirst().toAbsolutePath();
        }
    }

    static Unpacked into(Path directory) throws Exception {
        Process tar = new ProcessBuilder(
                        "tar", "--extract", "--gzip", "--file", archive().toString())
                .directory(directory.toFile())
                .inheritIO()
                .start();
        assertThat(tar.waitFor()).isZero();
        try (Stream<Path> tops = Files.list(directory)) {
            List<Path> all = tops.toList();
            assertThat(all).hasSize(1);
            assertThat(archive().getFileName()).hasToString(all.getFirst().getFileName() + ".tar.gz");
            return new Unpacked(all.getFirst());
        }
    }

    Path file(String name) {
        return top.resolve(name);
    }

    /** Runs {@code bin/countersign} to its end. */
    Result run(String... arguments) throws Exception {
        return run(Map.of(), arguments);
    }

    Result run(Map<String, String> environment, String... arguments) throws Exception {
        Path err = Files.createTempFile("countersign-dist-", ".err");
        try {
            Process process = start(environment, err, arguments);
            process.getOutputStream().close();
            String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
            return new Result(process.exitValue(), out, Files.readString(err));
        } finally {
            Files.delete(err);
        }
    }

    /** Starts a command that serves, and returns once it says that it is ready. */
    Server serve(Map<String, String> environment, String... arguments) throws Exception {
        Process process = start(environment, Path.of("/dev/stderr"), arguments);
        StringBuilder said = new StringBuilder();
        var lines = process.inputReader(StandardCharsets.UTF_8);
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            said.append(line).append('\n');
            Matcher ready = READY.matcher(line);
            if (ready.find()) {
                return new Server(process, ready.group(1));
            }
        }
        throw new AssertionError("not ready: " + said);
    }

    private Process start(Map<String, String> environment, Path err, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(file("bin/countersign").toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(err.toFile());
        builder.environment().clear();
        builder.environment().put("PATH", "/nowhere");
        builder.environment().putAll(environment);
        return builder.start();
    }
}
