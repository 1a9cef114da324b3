package io.countersign.gateway.cli;

import io.countersign.http.RequestLimits;
import io.countersign.json.InvalidDocumentException;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.rotate.IncomingEvent;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;

/**
 * {@code events send}: what {@code POST /events} does with one event, without a server.
 *
 * @param file {@code -} for standard input
 */
record SendEventCommand(Path data, String file, boolean json) implements Operation {
    static CommandSpec spec() {
        CommandSpec send = Commands.operation(
                "send",
                "Gives one EventBridge event to rotation, as POST /events does, and says what was done. One that was taken"
                        + " already, within a day, changes nothing and is answered as it was then.",
                SendEventCommand::read,
                "events send leak.json --data data");
        send.addPositional(Options.operand("FILE", "The event: JSON. - reads standard input."));
        return send;
    }

    private static SendEventCommand read(Line line) {
        return new SendEventCommand(line.data(), line.operand(), line.json());
    }

    @Override
    public void run(Tools tools) throws CommandFailure, StoreUnavailable {
        IncomingEvent event = event(new Input("Event", RequestLimits.BODY).fileOrInput(file, tools));
        new RotationDesk(tools, data, json).take(event);
    }

    private IncomingEvent event(String text) throws CommandFailure {
        try {
            return IncomingEvent.parse(text);
        } catch (InvalidDocumentException e) {
            throw new CommandFailure("InvalidEvent", e.location() + ": " + e.problem() + ".", e);
        }
    }
}
