package io.countersign.gateway.cli;

import io.countersign.registry.Records;
import io.countersign.registry.rotation.AuditItem;
import io.countersign.registry.store.Partition;
import io.countersign.registry.store.StoreUnavailable;
import java.time.DateTimeException;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * {@code audit}: lists the decisions of one month.
 *
 * @param month in UTC; empty for the current month
 */
record AuditCommand(RegistryOptions.DataPlace data, Optional<YearMonth> month, boolean json)
        implements Invocation.Operation {
    static final class Options implements CommandTree.Options {
        private static final String MONTH = "--month";

        private final RegistryOptions.Reading registry;
        private final Argument<Optional<String>> month;

        Options(CommandDeclaration command) {
            command.describe(
                    "List the decisions and changes of one month: the time, the type, the key or record, the reason, and the"
                            + " id of the event or command that caused it.",
                    "",
                    "Example:",
                    "  countersign audit --data data --month 2026-11");
            registry = new RegistryOptions.Reading(command);
            month = command.optional(
                    MONTH, "MONTH", "The month in UTC, for example 2026-11. Default: the current month.");
        }

        @Override
        public AuditCommand read() throws CommandFailure.Misuse {
            try {
                return new AuditCommand(registry.place(), month.value().map(YearMonth::parse), registry.json());
            } catch (DateTimeException e) {
                throw new CommandFailure.Misuse(MONTH + " must be a month such as 2026-11.");
            }
        }
    }

    @Override
    public void run(QuickCommands.Tools tools) throws CommandFailure, StoreUnavailable {
        YearMonth asked = month.orElseGet(() -> YearMonth.from(tools.now().atOffset(ZoneOffset.UTC)));
        try (OpenedData opened = tools.existing(data)) {
            Listing listing = new Listing(tools, json);
            new Partition(opened.store(), AuditItem.partition(asked)).each(tools.now(), item -> {
                AuditItem.AuditRecord record = Records.read(item, AuditItem::read);
                listing.add(line(record), AuditItem.text(record));
            });
            listing.end("decisions");
        }
    }

    private static String line(AuditItem.AuditRecord record) {
        return record.at() + "  " + record.what() + "  " + record.subject() + "  " + record.why() + "  "
                + record.eventId();
    }
}
