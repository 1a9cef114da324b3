package io.countersign.gateway.cli;

import io.countersign.gateway.config.DataSettings;
import io.countersign.registry.RegistrySeals;
import io.countersign.registry.sealing.FileRootKey;
import io.countersign.registry.sealing.RootKeyRing;
import io.countersign.registry.sealing.Sealer;
import io.countersign.registry.sealing.SealingException;
import io.countersign.registry.store.RegistryStore;
import io.countersign.registry.store.StoreUnavailable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;

/**
 * A registry in use, and the root key that its secrets are sealed under: both in the data directory unless the settings say otherwise.
 *
 * @param directory absolute
 * @param sealer seals under {@code root}
 * @param held what closes with the store
 */
public record OpenedData(Path directory, RegistryStore store, RootKeyRing root, Sealer sealer, Running held)
        implements AutoCloseable {
    /** Makes what is missing. */
    public static OpenedData open(Path data, DataSettings settings, SecureRandom random, InstantSource clock)
            throws CommandFailure {
        return opened(DataDirectory.prepare(data), settings, Stores.Access.ALL, random, clock, store -> {});
    }

    /**
     * To be served as it is. An empty registry beside a root key that was there before is not the one that the key sealed: its file was lost, or not
     * restored.
     */
    static OpenedData openToServe(Path data, DataSettings settings, SecureRandom random, InstantSource clock)
            throws CommandFailure {
        try {
            boolean keyStood = settings.rootKey() instanceof DataSettings.RootKeySettings.InFile
                    && FileRootKey.exists(data.toAbsolutePath().resolve(Stores.ROOT_KEY));
            OpenedData opened = open(data, settings, random, clock);
            if (!keyStood || !opened.isEmpty(random, clock)) {
                return opened;
            }
            opened.close();
        } catch (SealingException e) {
            throw new CommandFailure("RootKeyUnusable", sentence(e), e);
        }
        throw registryEmpty(data);
    }

    /**
     * Makes no registry: a directory without one is not the one that was meant. Refuses an empty one too, as {@link #openToServe} does, and before a root key is
     * made for it.
     */
    static OpenedData openExisting(Path data, DataSettings settings, SecureRandom random, InstantSource clock)
            throws CommandFailure {
        requireRegistry(data, settings);
        Path directory = DataDirectory.prepare(data);
        OpenedData opened = opened(directory, settings, Stores.Access.ALL, random, clock, store -> {
            if (isEmpty(store, settings, random, clock)) {
                requireServed(directory);
                throw registryEmpty(data);
            }
        });
        opened.requireServed();
        return opened;
    }

    /** To be read alone: a backup, or a directory that cannot be written. Nothing in it is made or changed, and every write is refused. */
    static OpenedData openReadOnly(Path data, DataSettings settings, SecureRandom random, InstantSource clock)
            throws CommandFailure {
        requireRegistry(data, settings);
        return opened(data.toAbsolutePath(), settings, Stores.Access.READ_ONLY, random, clock, store -> {
            if (isEmpty(store, settings, random, clock)) {
                throw registryEmpty(data);
            }
        });
    }

    /** What a registry must be for the root key to be looked at. */
    @FunctionalInterface
    private interface Check {
        void require(RegistryStore store) throws CommandFailure, SealingException;
    }

    private static OpenedData opened(
            Path directory,
            DataSettings settings,
            Stores.Access access,
            SecureRandom random,
            InstantSource clock,
            Check check)
            throws CommandFailure {
        Running held = new Running();
        try {
            RegistryStore store = Stores.open(settings.store(), access, directory, random, held);
            check.require(store);
            RootKeyRing root = Stores.rootKey(settings.rootKey(), access, directory, store, random, clock, held);
            return new OpenedData(directory, store, root, new Sealer(root, random), held);
        } catch (SealingException e) {
            held.close();
            throw new CommandFailure("RootKeyUnusable", sentence(e), e);
        } catch (StoreUnavailable e) {
            held.close();
            throw new CommandFailure("StoreUnavailable", sentence(e), e);
        } catch (CommandFailure e) {
            held.close();
            throw e;
        }
    }

    /** The file that a server holds as long as it serves; none where the registry is in no file. */
    Optional<ServedFile> servedFile() {
        return servedFile(directory);
    }

    private static Optional<ServedFile> servedFile(Path directory) {
        Path file = directory.resolve(Stores.FILE);
        return Files.exists(file) ? Optional.of(ServedFile.of(file)) : Optional.empty();
    }

    /** @throws CommandFailure when a server has another file open under this path: what is done here it would never see */
    void requireServed() throws CommandFailure {
        try {
            requireServed(directory);
        } catch (CommandFailure e) {
            close();
            throw e;
        }
    }

    private static void requireServed(Path directory) throws CommandFailure {
        Optional<ServedFile> served = servedFile(directory);
        if (served.isPresent()) {
            served.get().requireSame();
        }
    }

    @Override
    public void close() {
        held.close();
    }

    private static void requireRegistry(Path data, DataSettings settings) throws CommandFailure {
        if (settings.store() instanceof DataSettings.StoreSettings.Sqlite && !Files.exists(data.resolve(Stores.FILE))) {
            throw new CommandFailure(
                    "NoRegistry", "The directory " + data + " holds no registry; name the one that the server uses.");
        }
    }

    /** Without a record that the root key sealed. Beside a key in KMS an empty registry may be a new one. */
    private static boolean isEmpty(RegistryStore store, DataSettings settings, SecureRandom random, InstantSource clock)
            throws SealingException {
        return settings.rootKey() instanceof DataSettings.RootKeySettings.InFile
                && new RegistrySeals(store, random, clock).none();
    }

    private static CommandFailure registryEmpty(Path data) {
        return new CommandFailure(
                "RegistryEmpty",
                "The registry of the directory " + data
                        + " is empty; restore the registry from your backup, or apply a manifest first.");
    }

    private boolean isEmpty(SecureRandom random, InstantSource clock) throws CommandFailure {
        try {
            return new RegistrySeals(store, random, clock).none();
        } catch (SealingException e) {
            close();
            throw new CommandFailure("StoreUnavailable", sentence(e), e);
        }
    }

    private static String sentence(Exception e) {
        return e.getMessage() + ".";
    }
}
