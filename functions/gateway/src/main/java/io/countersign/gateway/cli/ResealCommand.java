package io.countersign.gateway.cli;

import io.countersign.json.JsonText;
import io.countersign.registry.keys.Resealer;
import io.countersign.registry.rotation.AuditItem;
import io.countersign.registry.sealing.SealingException;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.registry.store.Transaction;
import java.nio.file.Path;

/** {@code reseal}: encrypts the secrets of a registry under a new root key. */
record ResealCommand(Path data, boolean json) implements Invocation.Operation {
    static final class Options implements CommandTree.Options {
        private final RegistryOptions registry;

        Options(CommandDeclaration command) {
            command.describe(
                    "Create a new root key and encrypt every secret of the registry under it. Servers keep running. If a"
                            + " reseal was interrupted, the next one completes it.",
                    "",
                    "Example:",
                    "  countersign reseal --data data");
            registry = new RegistryOptions(command);
        }

        @Override
        public ResealCommand read() {
            return new ResealCommand(registry.data(), registry.json());
        }
    }

    @Override
    public void run(QuickCommands.Tools tools) throws CommandFailure, StoreUnavailable, SealingException {
        try (OpenedData opened = tools.existing(data)) {
            Resealer.ResealReport report =
                    new Resealer(opened.store(), opened.root(), opened.sealer(), tools.now()).run(Thread::sleep);
            record(report, opened, tools);
            tools.out().println(json ? document(report) : lines(report));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailure("Interrupted", "The reseal was interrupted; run it again to complete it.", e);
        }
    }

    /** Written after the last secret: an interrupted reseal is recorded by the one that completes it. */
    private static void record(Resealer.ResealReport report, OpenedData opened, QuickCommands.Tools tools)
            throws StoreUnavailable {
        AuditItem.AuditRecord record = new AuditItem.AuditRecord(
                tools.now(),
                "SecretsResealed",
                report.version(),
                report.moved() + " secrets are sealed under " + (report.made() ? "a new" : "the newest") + " root key",
                RotationRunner.EventIds.next(tools.random()));
        opened.store().write(Transaction.of(AuditItem.write(record)), tools.now());
    }

    private static String lines(Resealer.ResealReport report) {
        return "root key: " + report.version()
                + (report.made() ? ", made now" : ", created by an interrupted reseal that is now complete")
                + System.lineSeparator() + "resealed: " + report.moved() + " secrets";
    }

    private static String document(Resealer.ResealReport report) {
        return JsonText.object(members -> members.put("rootKey", report.version())
                .put("made", report.made())
                .put("resealed", report.moved()));
    }
}
