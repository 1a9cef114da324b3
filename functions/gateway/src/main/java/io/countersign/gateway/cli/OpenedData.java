package io.countersign.gateway.cli;

import io.countersign.gateway.config.DataSettings;
import io.countersign.gateway.files.FileModes;
import io.countersign.registry.RegistrySeals;
import io.countersign.registry.copy.CopyMark;
import io.countersign.registry.sealing.FileRootKey;
import io.countersign.registry.sealing.RootKeyRing;
import io.countersign.registry.sealing.Sealer;
import io.countersign.registry.sealing.SealingException;
import io.countersign.registry.store.RegistryStore;
import io.countersign.registry.store.StoreUnavailable;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * An open registry and the root key that encrypts its secrets. Both are in the data directory unless the settings say otherwise.
 *
 * @param directory absolute
 * @param sealer seals under {@code root}
 * @param held the resources to release on close
 */
public record OpenedData(Path directory, RegistryStore store, RootKeyRing root, Sealer sealer, Running held)
        implements AutoCloseable {
    /** Opens the data, and creates what is missing. */
    public static OpenedData open(Path data, DataSettings settings, SecureRandom random, InstantSource clock)
            throws CommandFailure {
        return opened(DataDirectory.prepare(data), settings, Stores.Access.ALL, random, clock, store -> {});
    }

    /**
     * Opens the data to serve it without a manifest. If a root key exists but its registry is empty, the registry was lost, or not
     * restored.
     */
    static OpenedData openToServe(Path data, DataSettings settings, SecureRandom random, InstantSource clock)
            throws CommandFailure {
        Path directory = DataDirectory.prepare(data);
        return opened(directory, settings, Stores.Access.ALL, random, clock, store -> {
            if (isEmpty(store, settings, random, clock) && FileRootKey.exists(directory.resolve(Stores.ROOT_KEY))) {
                throw registryEmpty(data);
            }
        });
    }

    /**
     * Opens a registry that exists. It is not created, because a directory without one is most likely a mistake. Refuses an empty one too, as {@link #openToServe}
     * does, and before a root key is made for it.
     */
    static OpenedData openExisting(Path data, DataSettings settings, SecureRandom random, InstantSource clock)
            throws CommandFailure {
        requireServed(data, settings);
        requireRegistry(data, settings);
        Path directory = DataDirectory.prepare(data);
        OpenedData opened = opened(directory, settings, Stores.Access.ALL, random, clock, store -> {
            if (isEmpty(store, settings, random, clock)) {
                throw registryEmpty(data);
            }
        });
        opened.requireServed(settings);
        return opened;
    }

    /** Opens a registry read-only, such as a backup or a directory that is not writable. Nothing is created or changed, and every write is refused. */
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
            if (CopyMark.isIn(store, clock.instant())) {
                throw copyUnfinished();
            }
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

    /** The file of the registry; empty if the registry is not in a file. */
    Optional<ServedFile> servedFile() {
        Path file = directory.resolve(Stores.FILE);
        return Files.exists(file) ? Optional.of(ServedFile.of(file)) : Optional.empty();
    }

    /** As the static one, for a file that was replaced while it was opened. */
    private void requireServed(DataSettings settings) throws CommandFailure {
        try {
            requireServed(directory, settings);
        } catch (CommandFailure e) {
            close();
            throw e;
        }
    }

    /**
     * To be asked before the file is opened: next to it is the log ({@code -wal}) of the one that the server has open, which SQLite would read as this one's.
     *
     * @throws CommandFailure if a server has a different file open under this path, so that it would not see changes made here
     */
    static void requireServed(Path directory, DataSettings settings) throws CommandFailure {
        if (settings.store() instanceof DataSettings.Store.Sqlite) {
            ServedFile.of(directory.resolve(Stores.FILE)).requireSame();
        }
    }

    @Override
    public void close() {
        held.close();
    }

    static void requireRegistry(Path data, DataSettings settings) throws CommandFailure {
        if (settings.store() instanceof DataSettings.Store.Sqlite) {
            requireFile(data, "name the directory that the server uses");
        }
    }

    /** In a directory that this user cannot search, such as a server's own, a file neither exists nor is missing. */
    static void requireFile(Path data, String advice) throws CommandFailure {
        Path file = data.resolve(Stores.FILE);
        if (Files.notExists(file)) {
            throw new CommandFailure(
                    "NoRegistry", "The directory " + Echo.of(data) + " has no registry; " + advice + ".");
        }
        if (!Files.exists(file)) {
            throw new CommandFailure(
                    "DataDirectoryUnusable",
                    "The data directory " + Echo.of(data)
                            + " cannot be used: it is no directory that this user can read; " + advice
                            + ", or run this as its owner.");
        }
    }

    /** Without a record that the root key sealed. Beside a key in KMS an empty registry may be a new one. */
    private static boolean isEmpty(RegistryStore store, DataSettings settings, SecureRandom random, InstantSource clock)
            throws CommandFailure {
        try {
            return settings.rootKey() instanceof DataSettings.RootKey.InFile
                    && new RegistrySeals(store, random, clock).none();
        } catch (SealingException e) {
            throw new CommandFailure("StoreUnavailable", sentence(e), e);
        }
    }

    private static CommandFailure registryEmpty(Path data) {
        return new CommandFailure(
                "RegistryEmpty",
                "The registry of the directory " + Echo.of(data)
                        + " is empty; restore the registry from your backup, or apply a manifest first.");
    }

    /** A part of a registry looks like one, and a revocation may not be in it. */
    static CommandFailure copyUnfinished() {
        return new CommandFailure("CopyUnfinished", CopyMark.UNFINISHED + ".");
    }

    private static String sentence(Exception e) {
        return e.getMessage() + ".";
    }

    /** The directory of a store and its root key. */
    static final class DataDirectory {
        private DataDirectory() {}

        /** Creates the directory (mode 0700) if it is missing. An existing directory keeps its mode. */
        static Path prepare(Path directory) throws CommandFailure {
            try {
                Path absolute = directory.toAbsolutePath();
                if (!Files.isDirectory(absolute)) {
                    Path parent = absolute.getParent();
                    if (parent != null) {
                        Files.createDirectories(parent);
                    }
                    Files.createDirectory(absolute, FileModes.ofNew("rwx------"));
                }
                return absolute;
            } catch (FileAlreadyExistsException e) {
                // Another process may have made it in between; a file in its place stays an error.
                if (Files.isDirectory(directory)) {
                    return directory.toAbsolutePath();
                }
                throw unusable(directory, "it is a file", e);
            } catch (IOException e) {
                throw unusable(directory, "it cannot be created", e);
            }
        }

        private static CommandFailure unusable(Path directory, String why, IOException e) {
            return new CommandFailure(
                    "DataDirectoryUnusable",
                    "The data directory " + Echo.of(directory) + " cannot be used: " + why
                            + "; name a writable directory.",
                    e);
        }
    }

    /** The resources of a command. Closing releases them in reverse order; a second close does nothing. */
    public static final class Running implements AutoCloseable {
        /** Something that closes without failing. */
        @FunctionalInterface
        interface Held {
            void release();
        }

        private final Deque<Held> held = new ArrayDeque<>();

        synchronized void hold(Held one) {
            held.push(one);
        }

        @Override
        public synchronized void close() {
            while (!held.isEmpty()) {
                held.pop().release();
            }
        }
    }
}
