package io.countersign.gateway.cli;

import io.countersign.registry.IdSyntax;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.rotate.IncomingEvent;
import java.nio.file.Path;
import java.util.Optional;

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

    static final class Options implements CommandTree.Options {
        private final RegistryOptions registry;
        private final Asked asked;

        Options(CommandDeclaration command) {
            command.describe(
                    "Rotate keys now, while servers run. The events are written to standard error and sent to the webhook of"
                            + " the servers.",
                    "",
                    "Examples:",
                    "  countersign rotate --due --data data",
                    "  countersign rotate --compromised LTAI5tExample --data data");
            registry = new RegistryOptions(command);
            asked = command.exactlyOne(Asked::new);
        }

        /** Exactly one of these. */
        static final class Asked {
            private final Argument<Boolean> due;
            private final Argument<Optional<String>> accessKey;
            private final Argument<Optional<String>> compromised;
            private final Argument<Boolean> tokenKeys;
            private final Argument<Boolean> compromisedTokenKeys;

            Asked(Arguments group) {
                due = group.flag("--due", "Rotate every key that is due, as a server does periodically.");
                accessKey = group.optional("--access-key", "ID", "Rotate this access key as if it were due.");
                compromised = group.optional(
                        "--compromised",
                        "ID",
                        "Disable this compromised access key immediately, revoke its sessions, and sign with another key.");
                tokenKeys =
                        group.flag("--token-keys", "Rotate the key that encrypts security tokens as if it were due.");
                compromisedTokenKeys = group.flag(
                        "--compromised-token-keys",
                        "Replace the keys that encrypt security tokens immediately; every session that was issued is refused.");
            }
        }

        @Override
        public RotateCommand read() throws CommandFailure.Misuse {
            return new RotateCommand(registry.data(), what(), registry.json());
        }

        private What what() throws CommandFailure.Misuse {
            if (asked.due.value()) {
                return new What.Due();
            }
            if (asked.tokenKeys.value()) {
                return new What.TokenKeys();
            }
            if (asked.compromisedTokenKeys.value()) {
                return new What.CompromisedTokenKeys();
            }
            return asked.accessKey.value().isPresent()
                    ? new What.AccessKey(checked(asked.accessKey.value().get()))
                    : new What.Compromised(checked(asked.compromised.value().orElse("")));
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
