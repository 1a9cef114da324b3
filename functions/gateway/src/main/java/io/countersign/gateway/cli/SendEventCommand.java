package io.countersign.gateway.cli;

import io.countersign.http.RequestLimits;
import io.countersign.json.InvalidDocumentException;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.rotate.IncomingEvent;
import java.nio.file.Path;

/**
 * {@code events send}: processes one event as {@code POST /events} does, without a server.
 *
 * @param file {@code -} for standard input
 */
record SendEventCommand(Path data, String file, boolean json) implements Invocation.Operation {
    static final class Options implements CommandTree.Options {
        private final RegistryOptions registry;
        private final Argument<String> file;

        Options(CommandDeclaration command) {
            command.describe(
                    "Process one EventBridge event as POST /events does, and print the result. An event that was already"
                            + " processed within the last day changes nothing and prints the earlier result.",
                    "",
                    "Example:",
                    "  countersign events send leak.json --data data");
            registry = new RegistryOptions(command);
            file = command.operand("FILE", "The file with the event, in JSON; - reads standard input.");
        }

        @Override
        public SendEventCommand read() {
            return new SendEventCommand(registry.data(), file.value(), registry.json());
        }
    }

    @Override
    public void run(QuickCommands.Tools tools) throws CommandFailure, StoreUnavailable {
        IncomingEvent event = event(new Input("Event", RequestLimits.BODY).fileOrInput(file, tools));
        new RotationRunner(tools, data, json).take(event);
    }

    private IncomingEvent event(String text) throws CommandFailure {
        try {
            return IncomingEvent.parse(text);
        } catch (InvalidDocumentException e) {
            throw new CommandFailure("InvalidEvent", e.location() + ": " + e.problem() + ".", e);
        }
    }
}
