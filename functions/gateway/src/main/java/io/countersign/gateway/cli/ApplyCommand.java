package io.countersign.gateway.cli;

import io.countersign.gateway.config.Settings;
import io.countersign.registry.manifest.Manifest;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code apply}: updates the registry to match a manifest. */
record ApplyCommand(Path manifest, Path data, Applier.Flags wishes) implements Invocation.Operation {
    static final String DATA_HELP =
            "The data directory: the registry and its root key. It is created (mode 0700) if it does not exist.";
    static final String REPLACE_UNSHOWN = "--replace-unshown";

    @Command(
            name = "apply",
            description =
                    "Update the registry to match a manifest, and report the changes. Applying the same manifest again"
                            + " changes nothing.",
            footer = {"", "Example:", "  countersign apply --manifest manifest.yaml --data data"})
    static final class Options implements Commands.Options {
        @Option(
                names = "--manifest",
                paramLabel = "FILE",
                required = true,
                description = "The manifest file, in YAML or JSON.")
        Path manifest = Path.of("");

        @Option(names = RegistryOptions.DATA, paramLabel = "DIR", required = true, description = DATA_HELP)
        Path data = Path.of("");

        @Option(
                names = "--prune",
                arity = "0",
                description =
                        "Remove entries that the manifest no longer names. Without this option they are only reported.")
        boolean prune;

        @Option(
                names = REPLACE_UNSHOWN,
                arity = "0",
                description =
                        "Delete the keys that an interrupted apply created and whose secrets are lost, and create new ones."
                                + " Requests that the deleted keys signed are refused.")
        boolean replaceUnshown;

        @Option(names = RegistryOptions.JSON, arity = "0", description = RegistryOptions.JSON_HELP)
        boolean json;

        @Override
        public ApplyCommand read() {
            return new ApplyCommand(manifest, data, new Applier.Flags(prune, replaceUnshown, json));
        }
    }

    @Override
    public void run(QuickCommands.Tools tools) throws CommandFailure {
        Settings settings = QuickCommands.Tools.settings();
        Manifest read = Applier.read(manifest);
        Applier applier = new Applier(tools.terminal(), tools.clock(), tools.random());
        try (OpenedData opened = applier.open(read, data, settings, wishes)) {
            opened.requireServed();
            applier.apply(read, opened, settings, wishes);
            new StartWarnings(opened.store(), tools.terminal(), tools.clock())
                    .ofLargeForms(settings.upstream().maxFormBytes());
        }
    }
}
