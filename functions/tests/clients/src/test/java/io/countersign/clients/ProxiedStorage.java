package io.countersign.clients;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.countersign.gateway.guard.PrivateTokens;
import io.countersign.gateway.live.LiveGateway;
import io.countersign.gateway.live.MovableClock;
import io.countersign.gateway.live.ProcessSettings;
import io.countersign.gateway.storage.GuardedStorageManifest;
import io.countersign.gateway.storage.Tokens;
import io.countersign.testkit.Ports;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A storage behind a proxy that asks a gateway about each request, and passes the client's URL on. It records what reaches it, and answers what it got as a body. */
final class ProxiedStorage implements AutoCloseable {
    private static final String TOKEN = "0123456789abcdefghijABCDEFGHIJ-_xyzXYZ01234";

    /** A request that reached the storage. Names of headers are in lower case. */
    record Arrived(String method, String target, Map<String, String> headers, String body) {}

    final List<Arrived> arrived = new ArrayList<>();
    private final Path directory = Files.createTempDirectory("countersign-proxy");
    private final int port = Ports.free();
    private final HttpServer storage = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    private final LiveGateway gateway;
    private final Process proxy;

    /** @param script {@code run.sh} of a proxy in {@code infra} */
    ProxiedStorage(String script) throws Exception {
        storage.createContext("/", this::answer);
        storage.start();
        Path manifest = Files.writeString(
                directory.resolve("manifest.yaml"),
                GuardedStorageManifest.of(
                        "http://127.0.0.1:" + port, new Tokens().jwks(), "https://pages.example.com"));
        Path token = owners("token", TOKEN + "\n");
        Path programs = owners("programs", "proxy /auth " + PrivateTokens.sha256(TOKEN) + "\n");
        try (ProcessSettings settings = new ProcessSettings()) {
            settings.set("countersign.trusted-proxies", "127.0.0.1");
            settings.set("countersign.auth.source-vpc", "header");
            settings.set("countersign.auth.keys", "uri");
            settings.set("countersign.private.tokens", programs.toString());
            gateway = new LiveGateway(manifest, directory.resolve("data"), new MovableClock());
        }
        Path said = directory.resolve("proxy.out");
        ProcessBuilder run = new ProcessBuilder(
                        Path.of("..", "..", "..", "infra").resolve(script).toString(),
                        directory.resolve("proxy").toString(),
                        Integer.toString(port),
                        gateway.authority(),
                        "127.0.0.1:" + storage.getAddress().getPort())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile());
        run.environment().put("TOKEN_FILE", token.toString());
        proxy = run.start();
        await(said);
    }

    int port() {
        return port;
    }

    /** From here on the proxy has no one to ask. */
    void endGateway() {
        gateway.close();
    }

    private void answer(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        Map<String, String> headers = exchange.getRequestHeaders().entrySet().stream()
                .collect(Collectors.toMap(
                        header -> header.getKey().toLowerCase(Locale.ROOT),
                        header -> String.join(",", header.getValue())));
        arrived.add(new Arrived(
                exchange.getRequestMethod(),
                exchange.getRequestURI().toString(),
                headers,
                new String(body, StandardCharsets.UTF_8)));
        exchange.getResponseHeaders().set("X-Countersign-Principal", "the storage's own");
        byte[] answer = "from the storage".getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, exchange.getRequestMethod().equals("HEAD") ? -1 : answer.length);
        if (!exchange.getRequestMethod().equals("HEAD")) {
            exchange.getResponseBody().write(answer);
        }
        exchange.close();
    }

    private Path owners(String name, String text) throws IOException {
        Path file = Files.writeString(directory.resolve(name), text);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    private void await(Path said) throws IOException, InterruptedException {
        Instant end = Instant.now().plusSeconds(60);
        while (true) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return;
            } catch (ConnectException e) {
                if (!proxy.isAlive() || Instant.now().isAfter(end)) {
                    throw new AssertionError(Files.readString(said), e);
                }
                Thread.sleep(20);
            }
        }
    }

    @Override
    public void close() throws Exception {
        proxy.destroy();
        proxy.waitFor();
        gateway.close();
        storage.stop(0);
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
