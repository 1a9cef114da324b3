package io.countersign.gateway.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.countersign.gateway.config.ConnectionBounds;
import io.countersign.gateway.config.HttpSettings;
import io.countersign.gateway.files.ProcessLock;
import io.countersign.http.Bytes;
import io.countersign.http.Call;
import io.countersign.http.Header;
import io.countersign.http.Reply;
import io.countersign.http.RequestLimits;
import io.countersign.identity.TrustedProxies;
import io.countersign.testkit.Seeds;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnixSocketTest {
    private static final String REQUEST = "GET /who HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n";

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
    private final List<GatewayServer> servers = new ArrayList<>();

    @TempDir
    private Path directory;

    private Path path = Path.of("");

    @BeforeEach
    void place() throws IOException {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        path = directory.resolve("s");
    }

    @AfterEach
    void stop() {
        servers.forEach(GatewayServer::close);
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private GatewayServer listen(TrustedProxies proxies) throws IOException {
        HttpSettings settings = new HttpSettings(
                Duration.ofSeconds(10),
                Duration.ofSeconds(10),
                new ConnectionBounds(64, 1, TrustedProxies.NONE),
                4,
                16,
                Duration.ofSeconds(5),
                proxies,
                Duration.ofMinutes(1));
        GatewayServer server = new GatewayServer(vertx, settings, InstantSource.system(), Seeds.secure());
        servers.add(server);
        server.listen(
                path,
                Routes.of(List.of(
                        new Routes.Route("/who", List.of("GET"), RequestLimits.BODY, UnixSocketTest::describe))));
        return server;
    }

    private static Reply describe(Call call, Instant now) {
        return new Reply(
                200, List.of(new Header("Content-Type", "text/plain")), Bytes.utf8(call.peer() + " " + call.client()));
    }

    private void assertRefused(boolean inUse, String... parts) {
        assertThatExceptionOfType(UnixSocket.UnusableException.class)
                .isThrownBy(() -> listen(TrustedProxies.NONE))
                .satisfies(refusal -> assertThat(refusal.isInUse()).isEqualTo(inUse))
                .satisfies(refusal -> assertThat(refusal.getMessage()).contains(parts));
    }

    /** Stays, for the next process. */
    private Path lock() {
        return directory.resolve("s.lock");
    }

    private void assertNothingElseIsLeft() throws IOException {
        try (var files = Files.list(directory)) {
            assertThat(files.filter(file -> !file.equals(path) && !file.equals(lock())))
                    .isEmpty();
        }
    }

    @Test
    void servesItsUserAndGroupOnly() throws IOException {
        listen(TrustedProxies.NONE);
        assertThat(RawConnection.exchange(path, REQUEST + "\r\n")).startsWith("HTTP/1.1 200 ");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                .isEqualTo("rw-rw----");
        assertNothingElseIsLeft();
    }

    @Test
    void theClientIsUnknownUnlessItsProxyIsTrusted() throws IOException {
        String forwarded = REQUEST + "X-Forwarded-For: 203.0.113.7\r\nX-Forwarded-Proto: https\r\n\r\n";
        GatewayServer untrusting = listen(TrustedProxies.of(List.of("127.0.0.1")));
        assertThat(RawConnection.exchange(path, forwarded))
                .contains("unix: Client[address=Optional.empty, secure=Optional[false]]");
        untrusting.close();
        listen(TrustedProxies.of(List.of("unix:")));
        assertThat(RawConnection.exchange(path, forwarded))
                .contains("unix: Client[address=Optional[203.0.113.7], secure=Optional[true]]");
        assertThat(RawConnection.exchange(path, REQUEST + "\r\n"))
                .contains("unix: Client[address=Optional.empty, secure=Optional.empty]");
    }

    @Test
    void theClientIsUnknownWithoutAnyTrustedProxy() throws IOException {
        listen(TrustedProxies.NONE);
        assertThat(RawConnection.exchange(path, REQUEST + "X-Forwarded-For: 203.0.113.7\r\n\r\n"))
                .contains("unix: Client[address=Optional.empty, secure=Optional[false]]");
    }

    @Test
    void theLimitOfOneAddressDoesNotApply() throws IOException {
        listen(TrustedProxies.NONE);
        try (SocketChannel first = SocketChannel.open(UnixDomainSocketAddress.of(path));
                SocketChannel second = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
            assertThat(RawConnection.exchange(path, REQUEST + "\r\n")).startsWith("HTTP/1.1 200 ");
            assertThat(first.isOpen() && second.isOpen()).isTrue();
        }
    }

    @Test
    void removesTheFileWhenItStops() throws IOException {
        listen(TrustedProxies.NONE).close();
        assertThat(path).doesNotExist();
        assertNothingElseIsLeft();
    }

    @Test
    void doesNotRemoveTheFileOfAnother() throws IOException {
        GatewayServer first = listen(TrustedProxies.NONE);
        Files.delete(path);
        listen(TrustedProxies.NONE);
        first.close();
        assertThat(RawConnection.exchange(path, REQUEST + "\r\n")).startsWith("HTTP/1.1 200 ");
    }

    @Test
    void replacesWhatAKilledProcessLeft() throws IOException {
        try (ServerSocketChannel left = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            left.bind(UnixDomainSocketAddress.of(path));
        }
        assertThat(path).exists();
        listen(TrustedProxies.NONE);
        assertThat(RawConnection.exchange(path, REQUEST + "\r\n")).startsWith("HTTP/1.1 200 ");
    }

    @Test
    void doesNotReplaceASocketOnWhichAProcessListens() throws IOException {
        listen(TrustedProxies.NONE);
        assertRefused(true, path.toString(), "stop it, or choose another path");
        assertThat(RawConnection.exchange(path, REQUEST + "\r\n")).startsWith("HTTP/1.1 200 ");
        assertNothingElseIsLeft();
    }

    @Test
    void aSocketThatAnotherProcessIsOpeningIsInUse() throws IOException {
        try (ProcessLock opening = ProcessLock.take(lock()).orElseThrow()) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(lock())))
                    .isEqualTo("rw-------");
            assertRefused(true, path.toString(), "Another process is opening the socket");
            assertNothingElseIsLeft();
        }
        listen(TrustedProxies.NONE);
        assertThat(RawConnection.exchange(path, REQUEST + "\r\n")).startsWith("HTTP/1.1 200 ");
    }

    /** Both have looked before either is there. */
    @Test
    void oneOfTwoGetsThePlaceOfASocketThatWasLeft() throws Exception {
        for (int round = 0; round < 300; round++) {
            try (ServerSocketChannel left = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
                left.bind(UnixDomainSocketAddress.of(path));
            }
            UnixSocket[] sockets = {UnixSocket.prepare(path), UnixSocket.prepare(path)};
            CyclicBarrier start = new CyclicBarrier(2);
            try (ExecutorService threads = Executors.newFixedThreadPool(2);
                    ServerSocketChannel first = bound(sockets[0]);
                    ServerSocketChannel second = bound(sockets[1])) {
                List<Future<Boolean>> published = threads.invokeAll(
                        List.of(() -> published(sockets[0], start), () -> published(sockets[1], start)));
                boolean firstWon = published.get(0).get();
                assertThat(published.get(1).get()).isNotEqualTo(firstWon);
                ServerSocketChannel winner = firstWon ? first : second;
                winner.configureBlocking(false);
                try (SocketChannel client = SocketChannel.open(UnixDomainSocketAddress.of(path));
                        SocketChannel accepted = winner.accept()) {
                    assertThat(client.isConnected()).isTrue();
                    assertThat(accepted).isNotNull();
                }
            }
            Files.delete(path);
            assertNothingElseIsLeft();
        }
    }

    private static ServerSocketChannel bound(UnixSocket socket) throws IOException {
        return ServerSocketChannel.open(StandardProtocolFamily.UNIX)
                .bind(UnixDomainSocketAddress.of(socket.unpublished()));
    }

    private static boolean published(UnixSocket socket, CyclicBarrier start) throws Exception {
        start.await();
        try {
            socket.publish();
            return true;
        } catch (UnixSocket.UnusableException refusal) {
            assertThat(refusal.isInUse()).isTrue();
            socket.discard();
            return false;
        }
    }

    /** It accepts nothing, and its queue is full. */
    @Test
    void aBusySocketCountsAsListening() throws IOException {
        try (ServerSocketChannel busy = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
                SocketChannel waiting = SocketChannel.open(StandardProtocolFamily.UNIX);
                SocketChannel another = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            busy.bind(UnixDomainSocketAddress.of(path), 1);
            for (SocketChannel client : List.of(waiting, another)) {
                client.configureBlocking(false);
                client.connect(UnixDomainSocketAddress.of(path));
            }
            assertRefused(true, path.toString());
        }
    }

    @Test
    void replacesNothingButASocket() throws Exception {
        Files.writeString(path, "text");
        assertRefused(false, path.toString(), "would replace a file");
        assertThat(path).hasContent("text");
        Files.delete(path);
        Files.createDirectory(path);
        assertRefused(false, "would replace a file, a directory, a link");
        Files.delete(path);
        Files.createSymbolicLink(path, directory.resolve("elsewhere"));
        assertRefused(false, "would replace a file, a directory, a link");
        assertThat(path).isSymbolicLink();
        Files.delete(path);
        assertThat(new ProcessBuilder("mkfifo", path.toString()).start().waitFor())
                .isZero();
        Object pipe = Files.readAttributes(path, BasicFileAttributes.class).fileKey();
        assertRefused(false, "would replace a file, a directory, a link, a pipe or a device");
        assertThat(Files.readAttributes(path, BasicFileAttributes.class).fileKey())
                .isEqualTo(pipe);
        assertNothingElseIsLeft();
    }

    @Test
    void refusesADirectoryThatOthersCanWrite() throws IOException {
        for (String mode : List.of("rwxrwxr-x", "rwxr-xrwx")) {
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString(mode));
            assertRefused(false, "the directory of the socket " + path, mode, "chmod go-w");
        }
        assertNothingElseIsLeft();
    }

    @Test
    void refusesADirectoryThatItCannotWrite() throws IOException {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("r-xr-xr-x"));
        try {
            assumeFalse(Files.isWritable(directory), "runs as root");
            assertRefused(false, path.toString(), "cannot write", "chown");
        } finally {
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }

    @Test
    void refusesADirectoryThatIsMissing() {
        path = directory.resolve("missing/s");
        assertRefused(false, path.toString(), "does not exist");
    }

    @Test
    void refusesAPathThatIsTooLong() throws IOException {
        int rest = UnixSocket.MAX_BYTES - directory.toString().length() - 1;
        path = directory.resolve("s".repeat(rest + 1));
        assertRefused(false, path.toString(), "at most " + UnixSocket.MAX_BYTES);
        path = directory.resolve("s".repeat(rest));
        listen(TrustedProxies.NONE);
        assertThat(RawConnection.exchange(path, REQUEST + "\r\n")).startsWith("HTTP/1.1 200 ");
    }
}
