package io.countersign.gateway.cli;

import io.countersign.json.JsonText;
import io.countersign.registry.keys.ResealReport;
import io.countersign.registry.keys.Resealer;
import io.countersign.registry.sealing.SealingException;
import io.countersign.registry.store.StoreUnavailable;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;

/** {@code reseal}: moves a registry to a new root key. */
record ResealCommand(Path data, boolean json) implements Operation {
    static CommandSpec spec() {
        CommandSpec reseal = Commands.command(
                "reseal",
                "Makes a new root key and seals every secret of the registry under it, while servers go on;"
                        + " one that was cut off is finished by the next.",
                line -> new ResealCommand(line.data(), line.json()),
                "reseal --data data");
        reseal.addOption(Options.existingData());
        reseal.addOption(Options.json());
        return reseal;
    }

    @Override
    public void run(Tools tools) throws CommandFailure, StoreUnavailable, SealingException {
        try (OpenedData opened = tools.existing(data)) {
            ResealReport report =
                    new Resealer(opened.store(), opened.root(), opened.sealer(), tools.now()).run(Thread::sleep);
            tools.out().println(json ? document(report) : lines(report));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailure("Interrupted", "The reseal was interrupted; run it again, and it goes on.", e);
        }
    }

    private static String lines(ResealReport report) {
        return "root key: " + report.version()
                + (report.made() ? ", made now" : ", made by an earlier reseal that this one finished")
                + System.lineSeparator() + "resealed: " + report.moved() + " secrets";
    }

    private static String document(ResealReport report) {
        return JsonText.object(members -> members.put("rootKey", report.version())
                .put("made", report.made())
                .put("resealed", report.moved()));
    }
}
