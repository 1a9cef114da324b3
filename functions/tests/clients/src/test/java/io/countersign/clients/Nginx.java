package io.countersign.clients;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** nginx as {@code infra/nginx/run.sh} starts it. */
final class Nginx implements AutoCloseable {
    private final ProxyProcess process;
    private final int port;

    /**
     * @param directory gets the objects and all that nginx writes
     * @param gateway {@code host:port} of Countersign
     * @param token a file with the token by which Countersign knows it
     */
    Nginx(Path directory, String gateway, int port, Optional<Path> token) throws IOException, InterruptedException {
        this(directory, gateway, port, "files", token);
    }

    /** In front of the stores behind the buckets, which it reaches by http. */
    static Nginx inFrontOfStores(Path directory, String gateway, int port, Path token)
            throws IOException, InterruptedException {
        return new Nginx(directory, gateway, port, "http", Optional.of(token));
    }

    private Nginx(Path directory, String gateway, int port, String store, Optional<Path> token)
            throws IOException, InterruptedException {
        this.port = port;
        process = new ProxyProcess(
                "nginx/run.sh",
                List.of(directory.toString(), Integer.toString(port), gateway, store),
                port,
                directory.resolve("nginx.out"),
                token);
    }

    /** {@code http://127.0.0.1:port}. */
    String endpoint() {
        return "http://127.0.0.1:" + port;
    }

    static String configuration() throws IOException {
        return Files.readString(ProxyProcess.INFRA.resolve("nginx/countersign.conf"));
    }

    @Override
    public void close() {
        process.close();
    }
}
