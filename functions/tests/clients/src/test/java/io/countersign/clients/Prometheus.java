package io.countersign.clients;

import io.countersign.testkit.Debian;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;

/** Prometheus with the files of {@code infra/observability}, in a directory of the test. A machine without Prometheus gets Debian's. */
final class Prometheus implements AutoCloseable {
    static final Path INFRA = Path.of("..", "..", "..", "infra", "observability");

    private final Process process;
    private final String url;
    private final HttpClient client = HttpClient.newHttpClient();

    /** @param port a free one */
    Prometheus(Path directory, int port) throws IOException, InterruptedException {
        url = "http://127.0.0.1:" + port;
        process = new ProcessBuilder(
                        tool(directory, "prometheus"),
                        "--config.file=prometheus.yaml",
                        "--storage.tsdb.path=" + directory.resolve("series"),
                        "--web.listen-address=127.0.0.1:" + port)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("prometheus.out").toFile())
                .start();
    }

    /** Copies the shipped files, with one gateway as the target and its token. */
    static void prepare(Path directory, String target, String token) throws IOException {
        try (Stream<Path> files = Files.list(INFRA)) {
            for (Path file : files.toList()) {
                Files.writeString(
                        directory.resolve(file.getFileName().toString()),
                        Files.readString(file)
                                .replace("127.0.0.1:8081", target)
                                .replace("scrape_interval: 15s", "scrape_interval: 1s"));
            }
        }
        Path secret = Files.writeString(directory.resolve("countersign.token"), token);
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
    }

    /** Runs promtool, and returns its output if it succeeds. */
    static String promtool(Path directory, String... arguments) throws IOException, InterruptedException {
        return run(
                directory,
                Stream.concat(Stream.of(tool(directory, "promtool")), Stream.of(arguments))
                        .toList());
    }

    /** The answer of its HTTP API to a query; empty while it does not answer. */
    String query(String expression) throws InterruptedException {
        String query = URLEncoder.encode(expression, StandardCharsets.UTF_8);
        try {
            return client.send(
                            HttpRequest.newBuilder(URI.create(url + "/api/v1/query?query=" + query))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (IOException e) {
            return "";
        }
    }

    private static String tool(Path directory, String name) throws IOException, InterruptedException {
        Path installed = Path.of("/usr/bin", name);
        return Files.isExecutable(installed)
                ? installed.toString()
                : Debian.unpack(directory, "prometheus")
                        .resolve("usr/bin")
                        .resolve(name)
                        .toString();
    }

    private static String run(Path directory, List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new AssertionError(String.join(" ", command) + "\n" + said);
        }
        return said;
    }

    @Override
    public void close() {
        client.close();
        process.destroy();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            process.destroyForcibly();
        }
    }
}
