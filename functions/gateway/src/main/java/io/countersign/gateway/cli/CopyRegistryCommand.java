package io.countersign.gateway.cli;

import io.countersign.gateway.config.DataSettings;
import io.countersign.json.JsonText;
import io.countersign.registry.copy.Fingerprint;
import io.countersign.registry.copy.StoreCopy;
import io.countersign.registry.store.ScannableStore;
import io.countersign.registry.store.StoreUnavailable;
import java.nio.file.Path;

/** {@code registry copy}: copies a registry to another store. */
record CopyRegistryCommand(StoreSpec from, StoreSpec to, boolean json) implements Invocation.Operation {
    static final class Options implements CommandTree.Options {
        private final Argument<String> from;
        private final Argument<String> to;
        private final Argument<Boolean> json;

        Options(CommandDeclaration command) {
            command.describe(
                    "Copy every record of a registry to an empty store, and compare both at the end. Secrets stay"
                            + " sealed: take the root key along. Stop what writes to the registry first.",
                    "",
                    "A store is " + StoreSpec.FORMS + "; the settings say what it leaves out.",
                    "",
                    "Example:",
                    "  countersign registry copy --from sqlite:data --to postgresql");
            from = command.required("--from", "STORE", "The registry. It is only read.");
            to = command.required("--to", "STORE", "The store to fill.");
            json = command.flag(RegistryOptions.JSON, RegistryOptions.JSON_HELP);
        }

        @Override
        public CopyRegistryCommand read() throws CommandFailure.Misuse {
            return new CopyRegistryCommand(
                    StoreSpec.of("--from", from.value()), StoreSpec.of("--to", to.value()), json.value());
        }
    }

    @Override
    public void run(QuickCommands.Tools tools) throws CommandFailure, StoreUnavailable {
        DataSettings.Store read = from.read();
        DataSettings.Store written = to.read();
        if (read.equals(written) && from.place().equals(to.place())) {
            throw new CommandFailure(
                    "TargetNotEmpty",
                    "--from and --to name the same store, and nothing was written; name an empty store as --to.");
        }
        try (OpenedData.Running held = new OpenedData.Running()) {
            ScannableStore source = Stores.openToRead(read, source(), tools.random(), held);
            ScannableStore target = Stores.openForAll(written, target(), tools.random(), held);
            switch (new StoreCopy(source, target, tools.now()).run()) {
                case StoreCopy.Result.Copied copied ->
                    tools.out().println(json ? document(copied.fingerprint()) : lines(copied.fingerprint()));
                case StoreCopy.Result.TargetNotEmpty notEmpty ->
                    throw new CommandFailure(
                            "TargetNotEmpty",
                            "The store of --to has records, and nothing was written; name an empty store. If they are"
                                    + " of a copy that was interrupted, delete that store and copy again.");
                case StoreCopy.Result.SourceUnfinished unfinished -> throw OpenedData.copyUnfinished();
                case StoreCopy.Result.Different different ->
                    throw new CommandFailure(
                            "CopyDiffers",
                            "The registry has " + different.source().items() + " records and the copy "
                                    + different.target().items()
                                    + ", or their content differs; stop what writes to them, delete the copy and copy"
                                    + " again.");
            }
        }
    }

    /** The directory of the file, or any other where there is none. */
    private Path source() throws CommandFailure {
        Path directory = from.directory().orElse(Path.of(""));
        if (from.directory().isPresent()) {
            OpenedData.requireFile(directory, "name the directory of one");
        }
        return directory.toAbsolutePath();
    }

    private Path target() throws CommandFailure {
        return to.directory().isPresent()
                ? OpenedData.DataDirectory.prepare(to.directory().get())
                : Path.of("");
    }

    private static String lines(Fingerprint copied) {
        return "copied: " + copied.items() + " records" + System.lineSeparator() + "sha256: " + copied.sha256();
    }

    private static String document(Fingerprint copied) {
        return JsonText.object(members -> members.put("copied", copied.items()).put("sha256", copied.sha256()));
    }
}
