package io.countersign.clients;

import io.countersign.gateway.guard.PrivateTokens;
import io.countersign.gateway.live.LiveGateway;
import io.countersign.gateway.live.MovableClock;
import io.countersign.gateway.live.ProcessSettings;
import io.countersign.gateway.storage.GuardedStorageManifest;
import io.countersign.gateway.storage.Tokens;
import io.countersign.testkit.FileTree;
import io.countersign.testkit.Ports;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;

/** A storage behind a proxy that asks about each request, and passes the client's URL on. */
final class ProxiedStorage implements AutoCloseable {
    private static final String TOKEN = "0123456789abcdefghijABCDEFGHIJ-_xyzXYZ01234";

    final RecordingStorage storage = new RecordingStorage();
    private final Path directory = Files.createTempDirectory("countersign-proxy");
    private final int port = Ports.free();
    private final Optional<LiveGateway> gateway;
    private final ProxyProcess proxy;

    /**
     * The proxy asks Countersign.
     *
     * @param script {@code run.sh} of a proxy, below {@code infra}
     */
    ProxiedStorage(String script) throws Exception {
        Path programs = owners("programs", "proxy /auth " + PrivateTokens.sha256(TOKEN) + "\n");
        Path manifest = Files.writeString(
                directory.resolve("manifest.yaml"),
                GuardedStorageManifest.of(
                        "http://127.0.0.1:" + port, new Tokens().jwks(), "https://pages.example.com"));
        try (ProcessSettings settings = new ProcessSettings()) {
            settings.set("countersign.trusted-proxies", "127.0.0.1");
            settings.set("countersign.auth.source-vpc", "header");
            settings.set("countersign.auth.keys", "uri");
            settings.set("countersign.private.tokens", programs.toString());
            gateway = Optional.of(new LiveGateway(manifest, directory.resolve("data"), new MovableClock()));
        }
        proxy = proxy(script, gateway.orElseThrow().authority());
    }

    /** The proxy asks something else. */
    ProxiedStorage(String script, OddGateway odd) throws Exception {
        gateway = Optional.empty();
        proxy = proxy(script, odd.authority());
    }

    private ProxyProcess proxy(String script, String asked) throws Exception {
        return new ProxyProcess(
                script,
                List.of(directory.resolve("proxy").toString(), Integer.toString(port), asked, storage.authority()),
                port,
                directory.resolve("proxy.out"),
                Optional.of(owners("token", TOKEN + "\n")));
    }

    /** From here on the proxy has no one to ask. */
    void endGateway() {
        gateway.orElseThrow().close();
    }

    /**
     * The whole answer to one request of a connection.
     *
     * @param headers lines, each with its end
     */
    String send(String method, String target, String headers) throws IOException {
        String body = method.equals("PUT") || method.equals("POST") ? "sent" : "";
        String request = method + " " + target + " HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\n" + headers
                + "Content-Length: " + body.length() + "\r\n"
                + (headers.contains("Connection:") ? "" : "Connection: close\r\n") + "\r\n" + body;
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private Path owners(String name, String text) throws IOException {
        Path file = Files.writeString(directory.resolve(name), text);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    @Override
    public void close() throws Exception {
        proxy.close();
        gateway.ifPresent(LiveGateway::close);
        storage.close();
        FileTree.delete(directory);
    }
}
