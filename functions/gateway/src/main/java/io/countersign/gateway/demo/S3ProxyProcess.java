package io.countersign.gateway.demo;

import io.countersign.signing.AccessKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * S3Proxy over a directory: a store that speaks S3 and checks SigV4. It brings some hundred libraries, so it is on
 * nobody's class path and runs in a process of its own, which ends with the demo.
 */
public final class S3ProxyProcess implements AutoCloseable {
    /** The region in its signatures. */
    public static final String REGION = "us-east-1";

    /** Where Maven and the archive put it, beside the gateway. */
    private static final String JAR = "store/s3proxy-jar-with-dependencies.jar";

    private static final String RUNNER = "quarkus-run.jar";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final int GRACE_SECONDS = 5;
    /** It logs its port once it listens. */
    private static final Pattern LISTENS = Pattern.compile("Started .*ServerConnector.*\\{127\\.0\\.0\\.1:(\\d+)}");

    private static final Set<PosixFilePermission> PRIVATE_FILE = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> PRIVATE_DIRECTORY = PosixFilePermissions.fromString("rwx------");

    private final Process process;
    private final int port;

    private S3ProxyProcess(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Returns its jar; empty where this build brings none. */
    public static Optional<Path> jar() {
        return home().map(home -> home.resolve(JAR)).filter(Files::isRegularFile);
    }

    /**
     * Starts it, and returns when it listens on a free port of loopback.
     *
     * @param directory of its configuration, its log and its objects; nobody else may read it
     * @param key the only one that it takes
     * @param buckets to make. They are private: it lets everyone read a directory that everyone may read
     * @throws IOException when it does not start; the message says what to do
     */
    public static S3ProxyProcess start(Path jar, Path directory, AccessKey key, List<String> buckets)
            throws IOException {
        Path objects = directory.resolve("objects");
        Files.createDirectory(objects, PosixFilePermissions.asFileAttribute(PRIVATE_DIRECTORY));
        for (String bucket : buckets) {
            Files.createDirectory(objects.resolve(bucket), PosixFilePermissions.asFileAttribute(PRIVATE_DIRECTORY));
        }
        Path properties = directory.resolve("s3proxy.properties");
        Files.createFile(properties, PosixFilePermissions.asFileAttribute(PRIVATE_FILE));
        Files.writeString(
                properties,
                """
                s3proxy.endpoint=http://127.0.0.1:0
                s3proxy.authorization=aws-v4
                s3proxy.identity=%s
                s3proxy.credential=%s
                jclouds.provider=filesystem-nio2
                jclouds.filesystem.basedir=%s
                """.formatted(key.id(), key.secret().reveal(), objects),
                StandardOpenOption.TRUNCATE_EXISTING);
        Path log = directory.resolve("s3proxy.log");
        Process process = new ProcessBuilder(
                        java(),
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-jar",
                        jar.toString(),
                        "--properties",
                        properties.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            return new S3ProxyProcess(process, port(process, log));
        } catch (IOException e) {
            process.destroyForcibly();
            throw e;
        }
    }

    /** Its URL. */
    public String endpoint() {
        return "http://127.0.0.1:" + port;
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(GRACE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private static int port(Process process, Path log) throws IOException {
        try {
            for (long waited = 0; waited < PATIENCE.toMillis(); waited += PAUSE.toMillis()) {
                Matcher listens = LISTENS.matcher(Files.readString(log));
                if (listens.find()) {
                    return Integer.parseInt(listens.group(1));
                }
                if (!process.isAlive()) {
                    throw new IOException("S3Proxy ended before it listened; it needs Java 17 or newer.");
                }
                Thread.sleep(PAUSE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("The start of S3Proxy was interrupted.", e);
        }
        throw new IOException("S3Proxy did not listen within " + PATIENCE.toSeconds() + " seconds; try again.");
    }

    /** The directory that holds the gateway's, or that of the executable. */
    private static Optional<Path> home() {
        Path classPath = real(Path.of(System.getProperty("java.class.path", "")));
        if (classPath.endsWith(RUNNER)) {
            return Optional.ofNullable(classPath.getParent()).map(Path::getParent);
        }
        return System.getProperty("java.home") == null
                ? ProcessHandle.current()
                        .info()
                        .command()
                        .map(command -> Path.of(command).getParent())
                : Optional.empty();
    }

    /** The script of an archive names the jar by a link to it. */
    private static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException e) {
            return path.toAbsolutePath();
        }
    }

    /** This process's Java; an executable has none, and takes that of JAVA_HOME or of the PATH. */
    private static String java() {
        String home = System.getProperty("java.home");
        String known = home == null ? System.getenv("JAVA_HOME") : home;
        return known == null ? "java" : Path.of(known, "bin", "java").toString();
    }
}
