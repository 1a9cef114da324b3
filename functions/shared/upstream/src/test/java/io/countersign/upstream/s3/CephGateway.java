package io.countersign.upstream.s3;

import io.countersign.testkit.Debian;
import io.countersign.testkit.Ports;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/** Ceph's radosgw with a cluster of its own in memory, in processes that end with this one. */
public final class CephGateway implements S3Server {
    /** For a machine that has to fetch it first. */
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final Process process;
    private final int port;

    private CephGateway(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** @param directory of its configuration and its log */
    public static CephGateway start(Path directory) throws IOException, InterruptedException {
        int port = Ports.free();
        Path home = Files.createDirectories(directory.resolve("ceph")).toAbsolutePath();
        Path script = home.resolve("ceph.sh");
        try (InputStream text = CephGateway.class.getResourceAsStream("ceph.sh")) {
            Files.write(script, text.readAllBytes());
        }
        Path log = home.resolve("ceph.log");
        ProcessBuilder builder = new ProcessBuilder(
                        "bash",
                        script.toString(),
                        home.toString(),
                        "" + port,
                        "" + Ports.free(),
                        packages().toString(),
                        Debian.script().toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().put("S3_KEY_ID", KEY.id());
        builder.environment().put("S3_SECRET", KEY.secret().reveal());
        CephGateway gateway = new CephGateway(builder.start(), port);
        Instant end = Instant.now().plus(PATIENCE);
        while (!listens(port)) {
            if (!gateway.process.isAlive() || Instant.now().isAfter(end)) {
                gateway.close();
                throw new IOException("Ceph did not start:\n" + Files.readString(log));
            }
            Thread.sleep(100);
        }
        return gateway;
    }

    /** One place of this build for all modules, since they are large. */
    private static Path packages() {
        return Debian.script()
                .resolveSibling("../functions/shared/upstream/target/ceph")
                .normalize();
    }

    @Override
    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + port);
    }

    @Override
    public void close() {
        try {
            // The end of its input, upon which the script ends all.
            process.getOutputStream().close();
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                destroy();
            }
        } catch (IOException e) {
            destroy();
        } catch (InterruptedException e) {
            destroy();
            Thread.currentThread().interrupt();
        }
    }

    private void destroy() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    private static boolean listens(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }
}
