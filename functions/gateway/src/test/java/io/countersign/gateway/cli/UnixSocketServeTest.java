package io.countersign.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.gateway.guard.PrivateTokens;
import io.countersign.gateway.live.LiveGateway;
import io.countersign.gateway.live.ProcessSettings;
import io.countersign.gateway.server.RawConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code serve --listen unix:PATH} serves where. */
class UnixSocketServeTest {
    private static final String TOKEN = "the-right-token";

    @TempDir
    private Path directory;

    private Path socket = Path.of("");
    private final ProcessSettings settings = new ProcessSettings();

    @BeforeEach
    void place() throws Exception {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-x---"));
        socket = directory.resolve("s");
    }

    @AfterEach
    void reset() {
        settings.close();
    }

    private LiveGateway serve(String host, OptionalInt privatePort) throws Exception {
        return new LiveGateway(
                new Invocation.Serve(
                        Optional.empty(),
                        directory.resolve("data"),
                        false,
                        host,
                        0,
                        privatePort,
                        Optional.of(socket),
                        OptionalInt.of(0)),
                InstantSource.system());
    }

    private static String post(String path, String host, String headers) {
        return "POST " + path + " HTTP/1.1\r\nHost: " + host
                + "\r\nConnection: close\r\nContent-Type: application/json\r\n" + headers
                + "Content-Length: 2\r\n\r\n{}";
    }

    private static String get(String path) {
        return "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    }

    @Test
    void thePrivateEndpointsAreOnTheSocketAndNotOnThePort() throws Exception {
        // Beyond loopback neither a private port nor a token is needed.
        try (LiveGateway gateway = serve("0.0.0.0", OptionalInt.empty())) {
            assertThat(RawConnection.exchange(socket, post("/verify", "localhost", "")))
                    .startsWith("HTTP/1.1 400 ");
            assertThat(RawConnection.exchange(socket, get("/auth"))).contains("X-Original-");
            assertThat(RawConnection.exchange(socket, get("/health"))).startsWith("HTTP/1.1 200 ");
            assertThat(RawConnection.exchange(gateway.url(), get("/health"))).startsWith("HTTP/1.1 200 ");
            assertThat(RawConnection.exchange(gateway.url(), post("/verify", "localhost", "")))
                    .startsWith("HTTP/1.1 404 ");
            assertThat(RawConnection.exchange(gateway.url(), get("/auth"))).startsWith("HTTP/1.1 404 ");
        }
        assertThat(socket).doesNotExist();
    }

    @Test
    void withAPrivatePortTheSocketHasThePrivateEndpointsOnly() throws Exception {
        try (LiveGateway gateway = serve("127.0.0.1", OptionalInt.of(0))) {
            assertThat(RawConnection.exchange(socket, get("/health"))).startsWith("HTTP/1.1 200 ");
            assertThat(RawConnection.exchange(socket, get("/token"))).startsWith("HTTP/1.1 404 ");
            assertThat(RawConnection.exchange(socket, get("/auth"))).contains("X-Original-");
            assertThat(RawConnection.exchange(gateway.privateUrl(), get("/auth")))
                    .contains("X-Original-");
        }
    }

    @Test
    void hostsAreCheckedAsOnLoopback() throws Exception {
        try (LiveGateway gateway = serve("127.0.0.1", OptionalInt.empty())) {
            assertThat(RawConnection.exchange(socket, post("/verify", "gateway.example", "")))
                    .startsWith("HTTP/1.1 421 ")
                    .contains("HostNotLocal");
            assertThat(RawConnection.exchange(socket, post("/verify", "localhost", "Origin: http://page.example\r\n")))
                    .startsWith("HTTP/1.1 403 ")
                    .contains("ForeignPage");
            assertThat(RawConnection.exchange(socket, post("/auth", "gateway.example", "")))
                    .contains("X-Original-");
            assertThat(gateway.url()).isNotEmpty();
        }
    }

    @Test
    void tokensThatAreConfiguredAreRequiredThereToo() throws Exception {
        Path file =
                Files.writeString(directory.resolve("tokens"), "storage /verify " + PrivateTokens.sha256(TOKEN) + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        settings.set("countersign.private.tokens", file.toString());
        try (LiveGateway gateway = serve("127.0.0.1", OptionalInt.empty())) {
            assertThat(RawConnection.exchange(socket, post("/verify", "localhost", "")))
                    .startsWith("HTTP/1.1 401 ")
                    .contains("PrivateTokenRequired");
            assertThat(RawConnection.exchange(
                            socket, post("/verify", "localhost", "Authorization: Bearer " + TOKEN + "\r\n")))
                    .startsWith("HTTP/1.1 400 ");
            assertThat(gateway.url()).isNotEmpty();
        }
    }

    @Test
    void aSocketInUseIsNotReplaced() throws Exception {
        try (LiveGateway gateway = serve("127.0.0.1", OptionalInt.empty())) {
            assertThatThrownBy(() -> new LiveGateway(
                            new Invocation.Serve(
                                    Optional.empty(),
                                    directory.resolve("other-data"),
                                    false,
                                    "127.0.0.1",
                                    0,
                                    OptionalInt.empty(),
                                    Optional.of(socket),
                                    OptionalInt.of(0)),
                            InstantSource.system()))
                    .isInstanceOf(CommandFailure.class)
                    .hasMessageContaining("SocketInUse")
                    .hasMessageContaining(socket.toString());
            assertThat(RawConnection.exchange(socket, get("/health"))).startsWith("HTTP/1.1 200 ");
            assertThat(gateway.url()).isNotEmpty();
        }
    }

    @Test
    void whatIsNoSocketIsNotReplaced() throws Exception {
        Files.writeString(socket, "text");
        assertThatThrownBy(() -> serve("127.0.0.1", OptionalInt.empty()))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("SocketUnusable")
                .hasMessageContaining("choose another path");
        assertThat(socket).hasContent("text");
    }
}
