package io.countersign.gateway.cli;

import io.countersign.registry.Records;
import io.countersign.registry.rotation.AuditItem;
import io.countersign.registry.rotation.AuditRecord;
import io.countersign.registry.store.Consistency;
import io.countersign.registry.store.Item;
import io.countersign.registry.store.Page;
import io.countersign.registry.store.RegistryStore;
import io.countersign.registry.store.StoreUnavailable;
import java.io.PrintStream;
import java.time.Instant;
import java.time.YearMonth;
import java.util.Optional;

/** Prints what was decided in a month, the oldest first, as it is read. */
final class AuditPrinter {
    private static final int PAGE = 100;

    private final PrintStream out;
    private final boolean json;
    private long printed;

    AuditPrinter(Terminal terminal, boolean json) {
        this.out = terminal.out();
        this.json = json;
    }

    void print(RegistryStore store, YearMonth month, Instant now) throws CommandFailure {
        out.print(json ? "[" : "");
        try {
            Optional<String> after = Optional.empty();
            do {
                Page page = store.query(AuditItem.partition(month), after, PAGE, Consistency.STRONG, now);
                for (Item item : page.items()) {
                    print(Records.read(item, AuditItem::read));
                }
                after = page.next();
            } while (after.isPresent());
        } catch (StoreUnavailable e) {
            throw new CommandFailure("StoreUnavailable", e.getMessage() + ".", e);
        }
        out.println(json ? (printed == 0 ? "]" : "\n]") : "decisions: " + printed);
    }

    private void print(AuditRecord record) {
        if (json) {
            out.print((printed == 0 ? "\n" : ",\n") + AuditItem.text(record));
        } else {
            out.println(record.at() + "  " + record.what() + "  " + record.subject() + "  " + record.why() + "  "
                    + record.eventId());
        }
        printed++;
    }
}
