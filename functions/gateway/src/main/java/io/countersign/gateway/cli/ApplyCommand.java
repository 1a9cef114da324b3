package io.countersign.gateway.cli;

import io.countersign.gateway.config.Settings;
import io.countersign.registry.manifest.Manifest;
import java.nio.file.Path;

/** {@code apply}: updates the registry to match a manifest. */
record ApplyCommand(Path manifest, Path data, Applier.Flags wishes) implements Invocation.Operation {
    static final String DATA_HELP =
            "The data directory: the registry and its root key. It is created (mode 0700) if it does not exist.";
    static final String REPLACE_UNSHOWN = "--replace-unshown";

    static final class Options implements CommandTree.Options {
        private final Argument<Path> manifest;
        private final Argument<Path> data;
        private final Argument<Boolean> prune;
        private final Argument<Boolean> replaceUnshown;
        private final Argument<Boolean> json;

        Options(CommandDeclaration command) {
            command.describe(
                    "Update the registry to match a manifest, and report the changes. Applying the same manifest again"
                            + " changes nothing.",
                    "",
                    "Example:",
                    "  countersign apply --manifest manifest.yaml --data data");
            manifest = command.requiredPath("--manifest", "FILE", "The manifest file, in YAML or JSON.");
            data = command.requiredPath(RegistryOptions.DATA, "DIR", DATA_HELP);
            prune = command.flag(
                    "--prune",
                    "Remove entries that the manifest no longer names. Without this option they are only reported.");
            replaceUnshown = command.flag(
                    REPLACE_UNSHOWN,
                    "Delete the keys that an interrupted apply created and whose secrets are lost, and create new ones."
                            + " Requests that the deleted keys signed are refused.");
            json = command.flag(RegistryOptions.JSON, RegistryOptions.JSON_HELP);
        }

        @Override
        public ApplyCommand read() {
            return new ApplyCommand(
                    manifest.value(),
                    data.value(),
                    new Applier.Flags(prune.value(), replaceUnshown.value(), json.value()));
        }
    }

    @Override
    public void run(QuickCommands.Tools tools) throws CommandFailure {
        Settings settings = QuickCommands.Tools.settings();
        Manifest read = Applier.read(manifest);
        Applier applier = new Applier(tools.terminal(), tools.clock(), tools.random());
        OpenedData.requireServed(data, settings.data());
        try (OpenedData opened = applier.open(read, data, settings, wishes)) {
            applier.apply(read, opened, settings, wishes);
            new StartWarnings(opened.store(), tools.terminal(), tools.clock())
                    .ofLargeForms(settings.upstream().maxFormBytes());
        }
    }
}
