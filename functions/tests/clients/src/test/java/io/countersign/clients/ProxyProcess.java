package io.countersign.clients;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A proxy in a process of its own, such as {@code run.sh} in {@code infra} starts. */
final class ProxyProcess implements AutoCloseable {
    static final Path INFRA = Path.of("..", "..", "..", "infra");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Process process;

    /**
     * Runs a script, and returns once the proxy listens.
     *
     * @param script below {@code infra}
     * @param port that of the arguments on which it listens
     * @param said gets what it writes
     * @param token a file with the token by which Countersign knows it
     */
    ProxyProcess(String script, List<String> arguments, int port, Path said, Optional<Path> token)
            throws IOException, InterruptedException {
        this(
                Stream.concat(Stream.of(INFRA.resolve(script).toString()), arguments.stream())
                        .toList(),
                port,
                said,
                token);
    }

    /** Runs the proxy itself, and returns once it listens. */
    ProxyProcess(List<String> command, int port, Path said, Optional<Path> token)
            throws IOException, InterruptedException {
        ProcessBuilder run =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile());
        token.ifPresent(file -> run.environment().put("TOKEN_FILE", file.toString()));
        process = run.start();
        Instant end = Instant.now().plus(PATIENCE);
        while (!listens(port)) {
            if (!process.isAlive() || Instant.now().isAfter(end)) {
                close();
                throw new AssertionError(Files.readString(said));
            }
            Thread.sleep(20);
        }
    }

    private static boolean listens(int port) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (ConnectException e) {
            return false;
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            process.destroyForcibly();
        }
    }
}
