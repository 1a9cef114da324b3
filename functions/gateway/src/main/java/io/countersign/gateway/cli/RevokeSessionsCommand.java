package io.countersign.gateway.cli;

import io.countersign.registry.store.StoreUnavailable;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code sessions revoke}: refuses sessions that were issued.
 *
 * @param asOf up to when they were issued; now when it is empty
 */
record RevokeSessionsCommand(Path data, SessionsOf sessions, Optional<Instant> asOf, boolean json)
        implements Operation {
    @Command(
            name = "revoke",
            description =
                    "Revoke the sessions of a role, an identity provider or an access key that were issued up to a given"
                            + " time. A running server refuses them once its cache expires (countersign.cache.ttl).",
            footer = {
                "",
                "Example:",
                "  countersign sessions revoke --role acs:ram::1234567890123456:role/mobile-app --data data"
            })
    static final class Options implements Commands.Options {
        private static final String AS_OF = "--as-of";

        @Mixin
        RegistryOptions registry = new RegistryOptions();

        @ArgGroup(exclusive = true, multiplicity = "1")
        Named named = new Named();

        @Option(
                names = AS_OF,
                paramLabel = "MOMENT",
                description =
                        "Revoke the sessions issued up to this time, for example 2026-11-22T03:00:00Z. Default: now.")
        Optional<String> asOf = Optional.empty();

        /** One of the three, and not more: the others are empty. For picocli a group is given whenever its members are Optional. */
        static final class Named {
            @Option(
                    names = "--role",
                    paramLabel = "ARN",
                    description = "The role whose sessions to revoke: acs:ram::ACCOUNT:role/NAME.")
            String role = "";

            @Option(
                    names = "--provider",
                    paramLabel = "ARN",
                    description =
                            "The identity provider whose sessions to revoke: acs:ram::ACCOUNT:oidc-provider/NAME.")
            String provider = "";

            @Option(
                    names = "--access-key",
                    paramLabel = "ID",
                    description = "The access key that requested the sessions.")
            String accessKey = "";

            Optional<SessionsOf> sessions() {
                return SessionsOf.parse(given(role), given(provider), given(accessKey));
            }

            private static Optional<String> given(String text) {
                return text.isEmpty() ? Optional.empty() : Optional.of(text);
            }
        }

        @Override
        public RevokeSessionsCommand read() throws Misuse {
            SessionsOf sessions = named.sessions()
                    .orElseThrow(() -> new Misuse(
                            "Name a role as acs:ram::ACCOUNT:role/NAME, a provider as acs:ram::ACCOUNT:oidc-provider/NAME,"
                                    + " or an access key by its id."));
            return new RevokeSessionsCommand(
                    registry.data, sessions, RegistryOptions.moment(AS_OF, asOf), registry.json);
        }
    }

    @Override
    public void run(Tools tools) throws CommandFailure, StoreUnavailable {
        try (OpenedData opened = tools.existing(data)) {
            Instant stands = new SessionRevoker(tools).revoke(opened.store(), sessions, asOf);
            tools.out()
                    .println(
                            json
                                    ? sessions.json(stands)
                                    : "revoked: sessions of " + sessions.label() + " issued up to " + stands);
        }
    }
}
