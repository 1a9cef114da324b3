package io.countersign.gateway.cli;

import io.countersign.registry.IdSyntax;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.rotate.IncomingEvent;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.CommandSpec;

/** {@code rotate}: what a server does by itself or on an event, now and from the command line. */
record RotateCommand(Path data, What what, boolean json) implements Operation {
    private static final String DUE = "--due";
    private static final String TOKEN_KEYS = "--token-keys";
    private static final String COMPROMISED = "--compromised";

    /** What is to be rotated. */
    sealed interface What {
        record Due() implements What {}

        record AccessKey(String id) implements What {}

        record Compromised(String id) implements What {}

        record TokenKeys() implements What {}
    }

    static CommandSpec spec() {
        CommandSpec rotate = Commands.operation(
                "rotate",
                "Rotates keys now, beside running servers, and sends the events that tell it to the log (standard error)"
                        + " and the webhook that servers use.",
                RotateCommand::read,
                "rotate --due --data data",
                "rotate --compromised LTAI5tExample --data data");
        rotate.addArgGroup(ArgGroupSpec.builder()
                .exclusive(true)
                .multiplicity("1")
                .addArg(Options.flag(DUE, "Whatever is due, as a server does every minute."))
                .addArg(Options.text(Options.ACCESS_KEY, "ID", "This access key, as if it were due."))
                .addArg(Options.text(
                        COMPROMISED,
                        "ID",
                        "This access key is known to others: it is out of use at once, its sessions end,"
                                + " and another one signs."))
                .addArg(Options.flag(TOKEN_KEYS, "The key that seals security tokens, as if it were due."))
                .build());
        return rotate;
    }

    private static RotateCommand read(Line line) throws Misuse {
        return new RotateCommand(line.data(), what(line), line.json());
    }

    private static What what(Line line) throws Misuse {
        if (line.has(DUE)) {
            return new What.Due();
        }
        if (line.has(TOKEN_KEYS)) {
            return new What.TokenKeys();
        }
        Optional<String> requested = line.text(Options.ACCESS_KEY);
        return requested.isPresent()
                ? new What.AccessKey(checked(requested.get()))
                : new What.Compromised(checked(line.text(COMPROMISED).orElse("")));
    }

    private static String checked(String id) throws Misuse {
        if (!IdSyntax.isAccessKeyId(id)) {
            throw new Misuse("Name an access key by its id; keys lists them.");
        }
        return id;
    }

    @Override
    public void run(Tools tools) throws CommandFailure, StoreUnavailable {
        new RotationDesk(tools, data, json).take(event(EventIds.next(tools.random())));
    }

    private IncomingEvent event(String id) {
        return switch (what) {
            case What.Due due -> new IncomingEvent.Scheduled(id);
            case What.AccessKey key -> new IncomingEvent.AccessKeyRotationRequested(id, key.id());
            case What.Compromised key -> new IncomingEvent.AccessKeyCompromised(id, key.id());
            case What.TokenKeys keys -> new IncomingEvent.TokenKeyRotationRequested(id);
        };
    }
}
