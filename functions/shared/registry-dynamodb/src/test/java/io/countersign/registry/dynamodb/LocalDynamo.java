package io.countersign.registry.dynamodb;

import io.countersign.testkit.Ports;
import io.countersign.testkit.Seeds;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** DynamoDB Local in a process of its own, one for all tests of a JVM; it ends with this JVM. */
public final class LocalDynamo {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static Optional<LocalDynamo> running = Optional.empty();

    private final URI endpoint;

    private LocalDynamo(URI endpoint) {
        this.endpoint = endpoint;
    }

    public static synchronized LocalDynamo running() throws IOException, InterruptedException {
        if (running.isEmpty()) {
            running = Optional.of(start());
        }
        return running.get();
    }

    public URI endpoint() {
        return endpoint;
    }

    /** A name that no other test has. */
    public static String newTable() {
        return "registry-" + Seeds.uuid();
    }

    /** A client as a deployment makes it, but for the credentials. */
    public DynamoDbClient client() {
        return DynamoDbClient.builder()
                .region(Region.US_EAST_1)
                .endpointOverride(endpoint)
                .credentialsProvider(
                        StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "localsecret")))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build();
    }

    private static LocalDynamo start() throws IOException, InterruptedException {
        int port = Ports.free();
        Path log = Files.createTempFile("dynamodb-local", ".log");
        log.toFile().deleteOnExit();
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-XX:+UseSerialGC",
                        // It lives for seconds: what the second compiler would gain is lost before it is done.
                        "-XX:TieredStopAtLevel=1",
                        "-Dsqlite4java.library.path=" + nativeLibraries(),
                        "-cp",
                        classPath(),
                        "software.amazon.dynamodb.services.local.main.ServerRunner",
                        "-inMemory",
                        "-sharedDb",
                        "-disableTelemetry",
                        "-port",
                        Integer.toString(port))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        Instant end = Instant.now().plus(PATIENCE);
        while (!listens(port)) {
            if (!process.isAlive() || Instant.now().isAfter(end)) {
                process.destroyForcibly();
                throw new IOException("DynamoDB Local did not start:\n" + Files.readString(log));
            }
            Thread.sleep(100);
        }
        return new LocalDynamo(URI.create("http://127.0.0.1:" + port));
    }

    private static String classPath() throws IOException {
        try (InputStream text = LocalDynamo.class.getResourceAsStream("/dynamodb-local.classpath")) {
            if (text == null) {
                throw new IOException("the class path of DynamoDB Local is written by Maven: build with ./mvnw");
            }
            return new String(text.readAllBytes(), StandardCharsets.UTF_8).strip();
        }
    }

    /** Where Maven keeps the SQLite of DynamoDB Local for each platform. */
    private static String nativeLibraries() throws IOException {
        return Stream.of(classPath().split(File.pathSeparator))
                .filter(path -> path.contains("sqlite4java") && !path.endsWith(".jar"))
                .map(path -> Path.of(path).getParent().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static boolean listens(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }
}
