package io.countersign.gateway.cli;

import io.countersign.json.InvalidDocumentException;
import io.countersign.json.JsonText;
import io.countersign.json.Value;
import io.countersign.json.Values;
import io.countersign.registry.Records;
import io.countersign.registry.rotation.OutboxItem;
import io.countersign.registry.store.Partition;
import io.countersign.registry.store.StoreUnavailable;
import java.util.Optional;

/** {@code events list}: lists the events that are waiting to be sent. The audit keeps all decisions. */
record ListEventsCommand(RegistryOptions.DataPlace data, boolean json) implements Invocation.Operation {
    static final class Options implements CommandTree.Options {
        private final RegistryOptions.Reading registry;

        Options(CommandDeclaration command) {
            command.describe(
                    "List the events that are waiting to be sent, oldest first, and the events that could not be delivered"
                            + " for a day. The list is empty while servers run and the webhook accepts events. Use audit to list past"
                            + " decisions.",
                    "",
                    "Example:",
                    "  countersign events list --data data");
            registry = new RegistryOptions.Reading(command);
        }

        @Override
        public ListEventsCommand read() {
            return new ListEventsCommand(registry.place(), registry.json());
        }
    }

    @Override
    public void run(QuickCommands.Tools tools) throws CommandFailure, StoreUnavailable {
        try (OpenedData opened = tools.existing(data)) {
            Listing listing = new Listing(tools, json);
            list(OutboxItem.PARTITION, false, opened, tools, listing);
            list(OutboxItem.DEAD, true, opened, tools, listing);
            listing.end("events waiting");
        }
    }

    private static void list(
            String partition, boolean dead, OpenedData opened, QuickCommands.Tools tools, Listing listing)
            throws StoreUnavailable {
        new Partition(opened.store(), partition).each(tools.now(), item -> {
            OutboxItem.OutgoingEvent event =
                    Records.read(item, OutboxItem::read).event();
            Value detail = Records.read(item, read -> detail(event));
            String line = event.time() + "  " + event.type() + "  " + event.id();
            listing.add(dead ? line + "  undelivered" : line, element(event, dead, detail));
        });
    }

    private static Value detail(OutboxItem.OutgoingEvent event) throws InvalidDocumentException {
        return Values.parse(event.detail());
    }

    private static String element(OutboxItem.OutgoingEvent event, boolean dead, Value detail) {
        return JsonText.object(members -> members.put("id", event.id())
                .put("type", event.type())
                .put("time", event.time().toString())
                .put("detail", detail)
                .put("state", dead ? Optional.of("undelivered") : Optional.empty()));
    }
}
