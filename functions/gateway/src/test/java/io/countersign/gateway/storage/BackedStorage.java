package io.countersign.gateway.storage;

import io.countersign.gateway.guard.PrivateTokens;
import io.countersign.gateway.live.ServedGateway;
import io.countersign.testkit.FileTree;
import io.countersign.testkit.Ports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** A gateway with a store behind each bucket of {@link GuardedStorageManifest}. Clients see its store port alone. */
public final class BackedStorage<G extends ServedGateway> implements AutoCloseable {
    /** Of the store port. */
    public final String endpoint;

    public final G gateway;
    public final Tokens tokens = new Tokens();
    public final Path data;
    private final Behind behind;
    private final Path directory;

    /** Starts a gateway with this store port. */
    @FunctionalInterface
    public interface Starter<G> {
        /** @param privateTokens a file for {@code countersign.private.tokens}, because {@code /auth} hands out signatures */
        G start(Path manifest, Path data, int storePort, Path privateTokens) throws Exception;
    }

    private BackedStorage(Path directory, Behind behind, String appOrigin, Starter<G> starter) throws Exception {
        int port = Ports.free();
        this.directory = directory;
        this.behind = behind;
        this.endpoint = "http://127.0.0.1:" + port;
        this.data = directory.resolve("data");
        Path manifest = Files.writeString(directory.resolve("manifest.yaml"), manifest(appOrigin));
        Path privateTokens = Files.writeString(
                directory.resolve("programs"), "proxy /auth " + PrivateTokens.sha256("a".repeat(43)) + "\n");
        Files.setPosixFilePermissions(privateTokens, PosixFilePermissions.fromString("rw-------"));
        this.gateway = starter.start(manifest, data, port, privateTokens);
    }

    /** @param appOrigin the origin of the app's pages */
    static <G extends ServedGateway> BackedStorage<G> start(StoreKind kind, String appOrigin, Starter<G> starter)
            throws Exception {
        Path directory = Files.createTempDirectory("countersign-backed-");
        Behind behind = kind.start(directory);
        try {
            for (String bucket : GuardedStorageManifest.BUCKETS) {
                behind.create(bucket);
            }
            return new BackedStorage<>(directory, behind, appOrigin, starter);
        } catch (Exception | AssertionError e) {
            behind.close();
            throw e;
        }
    }

    private String manifest(String appOrigin) throws IOException {
        String text = GuardedStorageManifest.of(endpoint, tokens.jwks(), appOrigin);
        for (String bucket : GuardedStorageManifest.BUCKETS) {
            String upstream = behind.upstream(bucket);
            text = text.replace("- name: " + bucket + "\n", "- name: " + bucket + "\n        " + upstream + "\n")
                    .replace("{name: " + bucket + ",", "{name: " + bucket + ", " + upstream + ",");
        }
        return text;
    }

    /** Puts an object there as its bucket's owner. */
    public void seed(String bucket, String key, String content) {
        Login owner = bucket.equals(GuardedStorageManifest.FOREIGN) ? Login.STRANGER : Login.ACCOUNT;
        try (StorageClient client = ClientKind.SDK_V4.client(endpoint, owner)) {
            client.put(bucket, key, content);
        }
    }

    /** How many requests have arrived at the store; 0 where nobody counts them. */
    int arrived() {
        return behind.arrived();
    }

    @Override
    public void close() throws IOException {
        gateway.close();
        behind.close();
        FileTree.delete(directory);
    }
}
