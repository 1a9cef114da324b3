package io.countersign.gateway.cli;

import io.countersign.registry.sealing.FileRootKey;
import io.countersign.registry.sealing.Sealer;
import io.countersign.registry.sealing.SealingException;
import io.countersign.registry.sqlite.SqliteStore;
import io.countersign.registry.store.RegistryStore;
import io.countersign.registry.store.StoreUnavailable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;

/**
 * A data directory in use: the registry in one file, and the root key that its secrets are sealed under in another.
 *
 * @param directory absolute
 */
public record OpenedData(Path directory, RegistryStore store, Sealer sealer) implements AutoCloseable {
    private static final String STORE = "registry.db";
    private static final String ROOT_KEY = "root.key";

    /** Makes what is missing. */
    public static OpenedData open(Path data, SecureRandom random) throws CommandFailure {
        Path directory = DataDirectory.prepare(data);
        try {
            Sealer sealer = new Sealer(FileRootKey.openOrMake(directory.resolve(ROOT_KEY), random), random);
            return new OpenedData(directory, SqliteStore.open(directory.resolve(STORE)), sealer);
        } catch (SealingException e) {
            throw new CommandFailure("RootKeyUnusable", sentence(e), e);
        } catch (StoreUnavailable e) {
            throw new CommandFailure("StoreUnavailable", sentence(e), e);
        }
    }

    /** Makes nothing: a directory without a registry is not the one that was meant. */
    static OpenedData openExisting(Path data, SecureRandom random) throws CommandFailure {
        if (!Files.exists(data.resolve(STORE))) {
            throw new CommandFailure(
                    "NoRegistry", "The directory " + data + " holds no registry; name the one that the server uses.");
        }
        return open(data, random);
    }

    @Override
    public void close() {
        store.close();
    }

    private static String sentence(Exception e) {
        return e.getMessage() + ".";
    }
}
