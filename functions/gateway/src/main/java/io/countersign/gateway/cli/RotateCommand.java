package io.countersign.gateway.cli;

import io.countersign.registry.IdSyntax;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.rotate.IncomingEvent;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code rotate}: rotates keys now, as a server does on its schedule or on an event. */
record RotateCommand(Path data, What what, boolean json) implements Invocation.Operation {
    /** The keys to rotate. */
    sealed interface What {
        record Due() implements What {}

        record AccessKey(String id) implements What {}

        record Compromised(String id) implements What {}

        record TokenKeys() implements What {}

        record CompromisedTokenKeys() implements What {}
    }

    @Command(
            name = "rotate",
            description =
                    "Rotate keys now, while servers run. The events are written to standard error and sent to the webhook of"
                            + " the servers.",
            footer = {
                "",
                "Examples:",
                "  countersign rotate --due --data data",
                "  countersign rotate --compromised LTAI5tExample --data data"
            })
    static final class Options implements Commands.Options {
        @Mixin
        RegistryOptions registry = new RegistryOptions();

        @ArgGroup(exclusive = true, multiplicity = "1")
        Asked asked = new Asked();

        /** Exactly one of these. */
        static final class Asked {
            @Option(
                    names = "--due",
                    arity = "0",
                    description = "Rotate every key that is due, as a server does periodically.")
            boolean due;

            @Option(
                    names = "--access-key",
                    paramLabel = "ID",
                    description = "Rotate this access key as if it were due.")
            Optional<String> accessKey = Optional.empty();

            @Option(
                    names = "--compromised",
                    paramLabel = "ID",
                    description =
                            "Disable this compromised access key immediately, revoke its sessions, and sign with another key.")
            Optional<String> compromised = Optional.empty();

            @Option(
                    names = "--token-keys",
                    arity = "0",
                    description = "Rotate the key that encrypts security tokens as if it were due.")
            boolean tokenKeys;

            @Option(
                    names = "--compromised-token-keys",
                    arity = "0",
                    description =
                            "Replace the keys that encrypt security tokens immediately; every session that was issued is refused.")
            boolean compromisedTokenKeys;
        }

        @Override
        public RotateCommand read() throws CommandFailure.Misuse {
            return new RotateCommand(registry.data, what(), registry.json);
        }

        private What what() throws CommandFailure.Misuse {
            if (asked.due) {
                return new What.Due();
            }
            if (asked.tokenKeys) {
                return new What.TokenKeys();
            }
            if (asked.compromisedTokenKeys) {
                return new What.CompromisedTokenKeys();
            }
            return asked.accessKey.isPresent()
                    ? new What.AccessKey(checked(asked.accessKey.get()))
                    : new What.Compromised(checked(asked.compromised.orElse("")));
        }

        private static String checked(String id) throws CommandFailure.Misuse {
            if (!IdSyntax.isAccessKeyId(id)) {
                throw new CommandFailure.Misuse("Name an access key by its id; run keys to list them.");
            }
            return id;
        }
    }

    @Override
    public void run(QuickCommands.Tools tools) throws CommandFailure, StoreUnavailable {
        new RotationRunner(tools, data, json).take(event(RotationRunner.EventIds.next(tools.random())));
    }

    private IncomingEvent event(String id) {
        return switch (what) {
            case What.Due due -> new IncomingEvent.Scheduled(id);
            case What.AccessKey key -> new IncomingEvent.AccessKeyRotationRequested(id, key.id());
            case What.Compromised key -> new IncomingEvent.AccessKeyCompromised(id, key.id());
            case What.TokenKeys keys -> new IncomingEvent.TokenKeyRotationRequested(id);
            case What.CompromisedTokenKeys keys -> new IncomingEvent.TokenKeyCompromised(id);
        };
    }
}
