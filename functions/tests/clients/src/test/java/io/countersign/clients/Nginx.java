package io.countersign.clients;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** nginx as {@code infra/nginx/run.sh} starts it. */
final class Nginx implements AutoCloseable {
    private static final Path INFRA = Path.of("..", "..", "..", "infra", "nginx");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Process process;
    private final int port;

    /**
     * @param directory gets the objects and all that nginx writes
     * @param gateway {@code host:port} of Countersign
     * @param token a file with the token by which Countersign knows it
     */
    Nginx(Path directory, String gateway, int port, Optional<Path> token) throws IOException, InterruptedException {
        this.port = port;
        Path said = directory.resolve("nginx.out");
        ProcessBuilder run = new ProcessBuilder(
                        INFRA.resolve("run.sh").toString(), directory.toString(), Integer.toString(port), gateway)
                .redirectErrorStream(true)
                .redirectOutput(said.toFile());
        token.ifPresent(file -> run.environment().put("TOKEN_FILE", file.toString()));
        process = run.start();
        awaitPort(port, said);
    }

    /** {@code http://127.0.0.1:port}. */
    String endpoint() {
        return "http://127.0.0.1:" + port;
    }

    static String configuration() throws IOException {
        return Files.readString(INFRA.resolve("countersign.conf"));
    }

    private void awaitPort(int port, Path said) throws IOException, InterruptedException {
        Instant end = Instant.now().plus(PATIENCE);
        while (true) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return;
            } catch (ConnectException e) {
                if (!process.isAlive() || Instant.now().isAfter(end)) {
                    throw new AssertionError(Files.readString(said), e);
                }
                Thread.sleep(20);
            }
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
