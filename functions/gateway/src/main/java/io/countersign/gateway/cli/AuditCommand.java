package io.countersign.gateway.cli;

import io.countersign.registry.Records;
import io.countersign.registry.rotation.AuditItem;
import io.countersign.registry.store.Partition;
import io.countersign.registry.store.StoreUnavailable;
import java.time.DateTimeException;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/**
 * {@code audit}: lists what was decided in a month.
 *
 * @param month by UTC; the present one when it is empty
 */
record AuditCommand(DataPlace data, Optional<YearMonth> month, boolean json) implements Operation {
    static CommandSpec spec() {
        CommandSpec audit = Commands.reading(
                "audit",
                "Lists what was decided or changed in a month: when, what, of which key or record, why, and the event or command that led to it.",
                line -> new AuditCommand(line.place(), month(line), line.json()),
                "audit --data data --month 2026-11");
        audit.addOption(Options.month());
        return audit;
    }

    @Override
    public void run(Tools tools) throws CommandFailure, StoreUnavailable {
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

    private static Optional<YearMonth> month(Line line) throws Misuse {
        try {
            return line.text(Options.MONTH).map(YearMonth::parse);
        } catch (DateTimeException e) {
            throw new Misuse(Options.MONTH + " is a month such as 2026-11.");
        }
    }
}
