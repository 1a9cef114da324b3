package io.countersign.gateway.cli;

import io.countersign.gateway.config.Settings;
import io.countersign.registry.manifest.Manifest;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;

/** {@code apply}: brings the registry to what a manifest says. */
record ApplyCommand(Path manifest, Path data, ApplyWishes wishes) implements Operation {
    static CommandSpec spec() {
        CommandSpec apply = Commands.command(
                "apply",
                "Brings the registry to what a manifest says and reports what changed; doing it again changes nothing.",
                line -> new ApplyCommand(
                        line.path(Options.MANIFEST),
                        line.data(),
                        new ApplyWishes(line.has(Options.PRUNE), line.has(Options.REPLACE_UNSHOWN), line.json())),
                "apply --manifest manifest.yaml --data data");
        apply.addOption(Options.manifest(true, "The manifest: YAML or JSON."));
        apply.addOption(Options.data());
        apply.addOption(Options.prune());
        apply.addOption(Options.replaceUnshown());
        apply.addOption(Options.json());
        return apply;
    }

    @Override
    public void run(Tools tools) throws CommandFailure {
        Settings settings = Tools.settings();
        Manifest read = Applier.read(manifest);
        Applier applier = new Applier(tools.terminal(), tools.clock(), tools.random());
        try (OpenedData opened = applier.open(read, data, settings, wishes)) {
            opened.requireServed();
            applier.apply(read, opened, settings, wishes);
        }
    }
}
