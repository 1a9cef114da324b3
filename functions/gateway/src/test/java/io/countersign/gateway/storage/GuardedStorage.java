package io.countersign.gateway.storage;

import io.countersign.gateway.live.ServedGateway;
import io.countersign.testkit.FileTree;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;

/**
 * A storage, the gateway that guards it, and an app's login, with their files in a temporary directory that {@link #close} deletes. Subclasses choose how the gateway
 * runs.
 */
public abstract class GuardedStorage<G extends ServedGateway> implements AutoCloseable {
    public final StorageServer storage;
    public final G gateway;
    public final Tokens tokens = new Tokens();
    private final Path directory;

    /** Starts a gateway on a free port. */
    @FunctionalInterface
    public interface Starter<G> {
        G start(Path manifest, Path data) throws Exception;
    }

    /**
     * @param clock the clock of the storage
     * @param appOrigin the origin of the app's pages
     */
    protected GuardedStorage(InstantSource clock, String appOrigin, Starter<G> starter) throws Exception {
        directory = Files.createTempDirectory("countersign-storage-");
        storage = StorageServer.start(GuardedStorageManifest.BUCKETS, clock);
        try {
            Path manifest = Files.writeString(
                    directory.resolve("manifest.yaml"),
                    GuardedStorageManifest.of(storage.endpoint(), tokens.jwks(), appOrigin));
            gateway = starter.start(manifest, directory.resolve("data"));
        } catch (Exception e) {
            storage.close();
            throw e;
        }
        storage.askAt(URI.create(gateway.url() + "/verify"));
    }

    @Override
    public void close() throws IOException {
        gateway.close();
        storage.close();
        FileTree.delete(directory);
    }
}
