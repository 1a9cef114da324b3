package io.countersign.upstream.s3;

import io.countersign.testkit.Ports;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** S3Proxy over a directory, in a process of its own; it checks SigV4. */
public final class S3Proxy implements S3Server {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Process process;
    private final int port;

    private S3Proxy(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Where Maven puts it, from the directory of a module. */
    private static Path jar() throws IOException {
        for (String module : List.of(".", "../shared/upstream", "../../shared/upstream")) {
            Path jar = Path.of(module, "target", "s3proxy-jar-with-dependencies.jar");
            if (Files.exists(jar)) {
                return jar;
            }
        }
        throw new IOException("Maven puts S3Proxy into target: build with ./mvnw");
    }

    /** @param directory of its configuration and its objects */
    public static S3Proxy start(Path directory) throws IOException, InterruptedException {
        int port = Ports.free();
        Path objects = Files.createDirectories(directory.resolve("objects"));
        Path properties = Files.writeString(directory.resolve("s3proxy.properties"), """
                s3proxy.endpoint=http://127.0.0.1:%d
                s3proxy.authorization=aws-v4
                s3proxy.identity=%s
                s3proxy.credential=%s
                jclouds.provider=filesystem-nio2
                jclouds.filesystem.basedir=%s
                """.formatted(
                        port, KEY.id(), KEY.secret().reveal(), objects));
        Path log = directory.resolve("s3proxy.log");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-jar",
                        jar().toString(),
                        "--properties",
                        properties.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        Instant end = Instant.now().plus(PATIENCE);
        while (!listens(port)) {
            if (!process.isAlive() || Instant.now().isAfter(end)) {
                process.destroyForcibly();
                throw new IOException("S3Proxy did not start:\n" + Files.readString(log));
            }
            Thread.sleep(100);
        }
        return new S3Proxy(process, port);
    }

    @Override
    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + port);
    }

    @Override
    public void close() {
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
