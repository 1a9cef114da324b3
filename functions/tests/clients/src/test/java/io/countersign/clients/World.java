package io.countersign.clients;

import io.countersign.gateway.live.LiveGateway;
import io.countersign.gateway.live.MovableClock;
import io.countersign.gateway.storage.StorageServer;
import io.countersign.gateway.storage.Tokens;
import io.countersign.gateway.storage.WorldManifest;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/** A storage, the gateway that guards it, and an app's login: what the clients live in. */
final class World implements AutoCloseable {
    private static final String NO_PAGES = "https://pages.example.com";

    final StorageServer storage;
    final MovableClock clock = new MovableClock();
    final LiveGateway gateway;
    final Tokens tokens = new Tokens();
    private final Path directory;

    World() throws Exception {
        directory = Files.createTempDirectory("countersign-clients");
        storage = StorageServer.start(WorldManifest.BUCKETS, clock);
        Path manifest = Files.writeString(
                directory.resolve("manifest.yaml"), WorldManifest.of(storage.endpoint(), tokens.jwks(), NO_PAGES));
        gateway = new LiveGateway(manifest, directory.resolve("data"), clock);
        storage.askAt(URI.create(gateway.url() + "/verify"));
    }

    @Override
    public void close() throws IOException {
        gateway.close();
        storage.close();
        try (var files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
