package io.countersign.gateway.cli;

import io.countersign.gateway.config.DataSettings;
import io.countersign.json.JsonText;
import io.countersign.registry.sqlite.SqliteBackup;
import io.countersign.registry.store.StoreUnavailable;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;

/** {@code backup}: copies the registry's file while servers run. It opens no secret, and needs no root key. */
record BackupCommand(Path data, Path out, boolean json) implements Invocation.Operation {
    static final class Options implements CommandTree.Options {
        private final RegistryOptions registry;
        private final Argument<Path> out;

        Options(CommandDeclaration command) {
            command.describe(
                    "Copy the registry to a new file, as it is at one moment. Servers keep running. The secrets in the copy"
                            + " are encrypted; the root key is not in it and needs a copy of its own.",
                    "",
                    "Example:",
                    "  countersign backup --data data --out backup/registry.db");
            registry = new RegistryOptions(command);
            out = command.requiredPath("--out", "FILE", "The new file (mode 0600). Its directory must exist.");
        }

        @Override
        public BackupCommand read() {
            return new BackupCommand(registry.data(), out.value(), registry.json());
        }
    }

    @Override
    public void run(QuickCommands.Tools tools) throws CommandFailure, StoreUnavailable {
        DataSettings settings = QuickCommands.Tools.settings().data();
        if (!(settings.store() instanceof DataSettings.Store.Sqlite)) {
            throw new CommandFailure(
                    "StoreHasOwnBackups", "The registry is not in a file; use the backups of its store.");
        }
        OpenedData.requireServed(data, settings);
        OpenedData.requireRegistry(data, settings);
        long bytes = write(data.resolve(Stores.FILE));
        tools.out()
                .println(
                        json
                                ? JsonText.object(members ->
                                        members.put("file", out.toString()).put("bytes", bytes))
                                : "backup: " + out + ", " + bytes + " bytes");
    }

    private long write(Path registry) throws CommandFailure, StoreUnavailable {
        try {
            return SqliteBackup.write(registry, out);
        } catch (FileAlreadyExistsException e) {
            throw new CommandFailure("FileExists", "The file " + Echo.of(out) + " exists; name another.", e);
        } catch (IOException e) {
            throw new CommandFailure(
                    "BackupNotWritten",
                    "The file " + Echo.of(out)
                            + " cannot be written; name one in a directory that exists, on a disk with room.",
                    e);
        }
    }
}
