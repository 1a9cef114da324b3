package io.countersign.clients;

import io.countersign.gateway.guard.PrivateTokens;
import io.countersign.gateway.live.LiveGateway;
import io.countersign.gateway.live.MovableClock;
import io.countersign.gateway.live.ProcessSettings;
import io.countersign.gateway.storage.GuardedStorageManifest;
import io.countersign.gateway.storage.Tokens;
import io.countersign.testkit.FileTree;
import io.countersign.testkit.Ports;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** A private store of plain files: nginx, and the gateway that it asks. */
final class FileStore implements AutoCloseable {
    /** One bucket more, of the last account: everybody reads in it who comes through a VPC. */
    private static final String BEHIND_A_VPC = """
                  - name: vpcbucket
                    region: cn-hangzhou
                    policy:
                      Version: "1"
                      Statement:
                        - Effect: Allow
                          Principal: ["*"]
                          Action: [oss:GetObject]
                          Resource: ["acs:oss:*:*:vpcbucket/*"]
                          Condition: {StringLike: {"acs:SourceVpc": "vpc-*"}}
            """;
    /** And one where everybody reads who comes from a network where nobody is, or over TLS, or is on this machine. */
    private static final String ELSEWHERE = """
                  - name: elsewherebucket
                    region: cn-hangzhou
                    policy:
                      Version: "1"
                      Statement:
                        - Effect: Allow
                          Principal: ["*"]
                          Action: [oss:GetObject]
                          Resource: ["acs:oss:*:*:elsewherebucket/network/*"]
                          Condition: {IpAddress: {"acs:SourceIp": "203.0.113.0/24"}}
                        - Effect: Allow
                          Principal: ["*"]
                          Action: [oss:GetObject]
                          Resource: ["acs:oss:*:*:elsewherebucket/tls/*"]
                          Condition: {Bool: {"acs:SecureTransport": "true"}}
                        - Effect: Allow
                          Principal: ["*"]
                          Action: [oss:GetObject]
                          Resource: ["acs:oss:*:*:elsewherebucket/here/*"]
                          Condition: {IpAddress: {"acs:SourceIp": "127.0.0.1"}}
            """;
    /** nginx is believed in what it says of clients. */
    private static final Map<String, String> SETTINGS =
            Map.of("countersign.auth.trusted-proxies", "127.0.0.1,unix:", "countersign.auth.source-vpc", "header");

    /** The token of nginx where the gateway asks for one. */
    static final String TOKEN = "0123456789abcdefghijABCDEFGHIJ-_xyzXYZ01234";

    final MovableClock clock = new MovableClock();
    final Tokens tokens = new Tokens();
    final LiveGateway gateway;
    private final Nginx nginx;
    private final Path directory;
    private final int port;

    /** The gateway lets anybody on this machine ask, nginx too. */
    FileStore() throws Exception {
        this(Optional.empty(), false);
    }

    /** nginx asks the gateway over a UNIX socket. */
    static FileStore onSocket() throws Exception {
        return new FileStore(Optional.empty(), true);
    }

    /** The gateway asks for a token, and nginx has {@link #TOKEN}, which is for these faces. */
    static FileStore withToken(String faces) throws Exception {
        return new FileStore(Optional.of(faces), false);
    }

    private FileStore(Optional<String> faces, boolean onSocket) throws Exception {
        directory = Files.createTempDirectory("countersign-nginx");
        // For nginx's workers, which are not root where this is.
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx--x--x"));
        port = Ports.free();
        Path manifest = Files.writeString(
                directory.resolve("manifest.yaml"),
                GuardedStorageManifest.of(endpoint(), tokens.jwks(), "https://pages.example.com")
                        + BEHIND_A_VPC
                        + ELSEWHERE);
        Path token = owners("token", TOKEN + "\n");
        try (ProcessSettings settings = new ProcessSettings()) {
            SETTINGS.forEach(settings::set);
            if (faces.isPresent()) {
                Path programs = owners("programs", "nginx " + faces.get() + " " + PrivateTokens.sha256(TOKEN) + "\n");
                settings.set("countersign.private.tokens", programs.toString());
            }
            gateway = onSocket
                    ? LiveGateway.onSocket(manifest, directory.resolve("data"), socket(), clock)
                    : new LiveGateway(manifest, directory.resolve("data"), clock);
        }
        String asked = onSocket ? "unix:" + directory.resolve("run/s") : gateway.authority();
        nginx = new Nginx(directory, asked, port, faces.map(any -> token));
    }

    /** In a directory whose group has nginx's workers, where they are not this user. */
    private Path socket() throws Exception {
        Path run = Files.createDirectory(directory.resolve("run"));
        if (Files.getOwner(directory).getName().equals("root")) {
            Files.setAttribute(
                    run,
                    "posix:group",
                    run.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByGroupName(group("nobody")));
        }
        Process setgid = new ProcessBuilder("chmod", "2750", run.toString()).start();
        if (setgid.waitFor() != 0) {
            throw new IOException("chmod failed");
        }
        return run.resolve("s");
    }

    private static String group(String user) throws IOException {
        return new String(
                        new ProcessBuilder("id", "-gn", user)
                                .start()
                                .getInputStream()
                                .readAllBytes(),
                        StandardCharsets.UTF_8)
                .strip();
    }

    private Path owners(String name, String text) throws IOException {
        Path file = Files.writeString(directory.resolve(name), text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        return file;
    }

    /** Another nginx that asks the same gateway. */
    Nginx besideWithoutToken() throws Exception {
        return new Nginx(
                Files.createDirectory(directory.resolve("beside")),
                gateway.authority(),
                Ports.free(),
                Optional.empty());
    }

    /** {@code http://127.0.0.1:port}. */
    String endpoint() {
        return "http://127.0.0.1:" + port;
    }

    int port() {
        return port;
    }

    /** Where all of it is. */
    Path directory() {
        return directory;
    }

    Path file(String bucket, String key) {
        return directory.resolve("objects").resolve(bucket).resolve(key);
    }

    /** Puts a file there without asking anybody. */
    void place(String bucket, String key, String content) throws IOException {
        Path file = file(bucket, key);
        folder(file.getParent());
        Files.writeString(file, content);
    }

    /** One that nginx's workers may write in. */
    void folder(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            folder(folder.getParent());
            Files.createDirectory(folder);
            Files.setOwner(folder, Files.getOwner(directory.resolve("objects")));
        }
    }

    /** The requests in nginx's log, once the log contains this text. An entry is written after the answer was sent. */
    String accessLogWith(String part) throws IOException, InterruptedException {
        Path log = directory.resolve("nginx/access.log");
        Instant end = Instant.now().plusSeconds(10);
        String text = Files.readString(log);
        while (!text.contains(part)) {
            if (Instant.now().isAfter(end)) {
                throw new AssertionError("the log has no " + part + ": " + text);
            }
            Thread.sleep(20);
            text = Files.readString(log);
        }
        return text;
    }

    @Override
    public void close() throws IOException {
        nginx.close();
        gateway.close();
        FileTree.delete(directory);
    }
}
