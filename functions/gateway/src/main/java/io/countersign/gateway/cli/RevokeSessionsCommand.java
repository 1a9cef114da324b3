package io.countersign.gateway.cli;

import io.countersign.registry.store.StoreUnavailable;
import io.countersign.rotate.sessions.RevocationRefusal;
import io.countersign.rotate.sessions.RevocationTarget;
import io.countersign.rotate.sessions.SessionRevoker;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code sessions revoke}: revokes sessions.
 *
 * @param asOf sessions issued up to this time are revoked; empty for now
 */
record RevokeSessionsCommand(Path data, RevocationTarget target, Optional<Instant> asOf, boolean json)
        implements Invocation.Operation {
    @Command(
            name = "revoke",
            description =
                    "Revoke the sessions of a role, an identity provider, one of its users or an access key that were issued up"
                            + " to a given time, or one session. A user's tokens are refused, too. A running server follows once its"
                            + " cache expires (countersign.cache.ttl).",
            footer = {
                "",
                "Examples:",
                "  countersign sessions revoke --role acs:ram::1234567890123456:role/mobile-app --data data",
                "  countersign sessions revoke --provider login --subject alice --data data"
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
                description = "Revoke what was issued up to this time, for example 2026-11-22T03:00:00Z. Default: now.")
        Optional<String> asOf = Optional.empty();

        /** Exactly one of the four; the others are empty. They are not Optional, because picocli would then not require the group. */
        static final class Named {
            @Option(
                    names = "--role",
                    paramLabel = "ARN",
                    description = "The role whose sessions to revoke: acs:ram::ACCOUNT:role/NAME.")
            String role = "";

            @ArgGroup(exclusive = false)
            OfProvider provider = new OfProvider();

            @Option(
                    names = "--access-key",
                    paramLabel = "ID",
                    description = "The access key that requested the sessions.")
            String accessKey = "";

            @Option(
                    names = "--session",
                    paramLabel = "ID",
                    description =
                            "One session, by the SessionId that its holder was given. The token behind it stays good.")
            String session = "";

            Optional<RevocationTarget> target() {
                if (!role.isEmpty()) {
                    return RevocationTarget.ofRole(role);
                }
                if (!provider.provider.isEmpty()) {
                    return RevocationTarget.ofProvider(provider.provider, provider.subject);
                }
                return session.isEmpty()
                        ? RevocationTarget.ofAccessKey(accessKey)
                        : RevocationTarget.ofSession(session);
            }
        }

        /** A provider, or one of its users. */
        static final class OfProvider {
            @Option(
                    names = "--provider",
                    required = true,
                    paramLabel = "NAME|ARN",
                    description =
                            "The identity provider whose sessions to revoke: its name, or acs:ram::ACCOUNT:oidc-provider/NAME.")
            String provider = "";

            @Option(
                    names = "--subject",
                    paramLabel = "SUB",
                    description = "Only those of this user, the sub of the provider's tokens, and these tokens.")
            Optional<String> subject = Optional.empty();
        }

        @Override
        public RevokeSessionsCommand read() throws CommandFailure.Misuse {
            RevocationTarget target = named.target()
                    .orElseThrow(() -> new CommandFailure.Misuse(
                            "Name a role as acs:ram::ACCOUNT:role/NAME, an identity provider by its name or as"
                                    + " acs:ram::ACCOUNT:oidc-provider/NAME, its user by the sub of a token (1 to 255 printable"
                                    + " characters), an access key by its id, or a session by its 32 hex digits."));
            return new RevokeSessionsCommand(registry.data, target, RegistryOptions.moment(AS_OF, asOf), registry.json);
        }
    }

    @Override
    public void run(QuickCommands.Tools tools) throws CommandFailure, StoreUnavailable {
        Instant now = tools.now();
        Instant before = asOf.orElse(now);
        if (before.isAfter(now)) {
            throw new CommandFailure(
                    "MomentToCome",
                    "Sessions that are not issued yet cannot be revoked; name a time in the past, or omit --as-of.");
        }
        SessionRevoker.By operator = new SessionRevoker.By(RotationRunner.EventIds.next(tools.random()), "an operator");
        try (OpenedData opened = tools.existing(data)) {
            SessionRevoker.Revoked revoked = new SessionRevoker(opened.store()).revoke(target, before, operator, now);
            tools.out()
                    .println(
                            json
                                    ? revoked.json()
                                    : "revoked: sessions of "
                                            + revoked.sessions().label() + " issued up to " + revoked.before());
        } catch (RevocationRefusal refusal) {
            throw failure(refusal.code());
        }
    }

    private static CommandFailure failure(RevocationRefusal.Code code) {
        return switch (code) {
            case NO_SUCH_ROLE, NO_SUCH_PROVIDER, NO_SUCH_ACCESS_KEY ->
                new CommandFailure("NotFound", code.title() + ". " + code.advice());
            case AMBIGUOUS_PROVIDER -> new CommandFailure("AmbiguousProvider", code.title() + ". " + code.advice());
        };
    }
}
