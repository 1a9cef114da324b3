package io.countersign.gateway.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.gateway.cli.Invocation;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One address does not shut the port for the others, by the bounds that are the default. */
class OneAddressTest {
    @TempDir
    private Path directory;

    private final List<Socket> sockets = new ArrayList<>();

    @AfterEach
    void hangUp() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    private LiveGateway gateway() throws Exception {
        return new LiveGateway(
                new Invocation.Serve(
                        Optional.empty(),
                        directory.resolve("data"),
                        false,
                        "127.0.0.1",
                        0,
                        OptionalInt.empty(),
                        Optional.empty(),
                        OptionalInt.of(0)),
                InstantSource.system());
    }

    private Socket open(LiveGateway gateway, String from) throws IOException {
        URI at = URI.create(gateway.url());
        Socket socket = new Socket(InetAddress.getByName(at.getHost()), at.getPort(), InetAddress.getByName(from), 0);
        sockets.add(socket);
        return socket;
    }

    private boolean answers(LiveGateway gateway, String from) throws IOException {
        try (Socket socket = open(gateway, from)) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream()
                    .write("GET /health HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII)
                    .startsWith("HTTP/1.1 200 ");
        } catch (SocketException e) {
            return false;
        }
    }

    /** How many of those that were opened the server still holds, once it has closed those that it will not. */
    private int held() throws IOException {
        int held = 0;
        for (Socket socket : sockets) {
            try {
                if (!socket.isClosed()) {
                    socket.setSoTimeout(held == 0 ? 2_000 : 1);
                    assertThat(socket.getInputStream().read()).isEqualTo(-1);
                }
            } catch (SocketTimeoutException e) {
                held++;
            }
        }
        return held;
    }

    @Test
    void idleConnectionsOfOneAddressLeaveThePortToTheOthers() throws Exception {
        try (LiveGateway gateway = gateway()) {
            for (int i = 0; i < 1_024; i++) {
                open(gateway, "127.0.0.1");
            }
            assertThat(answers(gateway, "127.0.0.2")).isTrue();
            assertThat(held()).isEqualTo(256);
            assertThat(answers(gateway, "127.0.0.1")).isFalse();
            hangUp();
            for (int i = 0; i < 100 && !answers(gateway, "127.0.0.1"); i++) {
                Thread.sleep(50);
            }
            assertThat(answers(gateway, "127.0.0.1")).isTrue();
        }
    }

    @Test
    void aTrustedProxyHoldsMore() throws Exception {
        try (ProcessSettings settings = new ProcessSettings()) {
            settings.set("countersign.trusted-proxies", "127.0.0.1");
            try (LiveGateway gateway = gateway()) {
                for (int i = 0; i < 300; i++) {
                    open(gateway, "127.0.0.1");
                }
                assertThat(answers(gateway, "127.0.0.1")).isTrue();
                assertThat(held()).isEqualTo(300);
            }
        }
    }
}
