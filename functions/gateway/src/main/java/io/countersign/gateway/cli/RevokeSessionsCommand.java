package io.countersign.gateway.cli;

import io.countersign.registry.store.StoreUnavailable;
import io.countersign.rotate.sessions.RevocationRefusal;
import io.countersign.rotate.sessions.RevocationTarget;
import io.countersign.rotate.sessions.SessionRevoker;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * {@code sessions revoke}: revokes sessions.
 *
 * @param asOf sessions issued up to this time are revoked; empty for now
 */
record RevokeSessionsCommand(Path data, RevocationTarget target, Optional<Instant> asOf, boolean json)
        implements Invocation.Operation {
    static final class Options implements CommandTree.Options {
        private static final String AS_OF = "--as-of";

        private final RegistryOptions registry;
        private final Named named;
        private final Argument<Optional<String>> asOf;

        Options(CommandDeclaration command) {
            command.describe(
                    "Revoke the sessions of a role, an identity provider, one of its users or an access key that were issued up"
                            + " to a given time, or one session. A user's tokens are refused, too. A running server follows once its"
                            + " cache expires (countersign.cache.ttl).",
                    "",
                    "Examples:",
                    "  countersign sessions revoke --role acs:ram::1234567890123456:role/mobile-app --data data",
                    "  countersign sessions revoke --provider login --subject alice --data data");
            registry = new RegistryOptions(command);
            named = command.exactlyOne(Named::new);
            asOf = command.optional(
                    AS_OF,
                    "MOMENT",
                    "Revoke what was issued up to this time, for example 2026-11-22T03:00:00Z. Default: now.");
        }

        /** Exactly one of the four. */
        static final class Named {
            private final Argument<Optional<String>> role;
            private final OfProvider provider;
            private final Argument<Optional<String>> accessKey;
            private final Argument<Optional<String>> session;

            Named(Arguments group) {
                role = group.optional(
                        "--role", "ARN", "The role whose sessions to revoke: acs:ram::ACCOUNT:role/NAME.");
                provider = group.together(OfProvider::new);
                accessKey = group.optional("--access-key", "ID", "The access key that requested the sessions.");
                session = group.optional(
                        "--session",
                        "ID",
                        "One session, by the SessionId that its holder was given. The token behind it stays good.");
            }

            Optional<RevocationTarget> target() {
                if (role.value().isPresent()) {
                    return RevocationTarget.ofRole(role.value().get());
                }
                if (accessKey.value().isPresent()) {
                    return RevocationTarget.ofAccessKey(accessKey.value().get());
                }
                return session.value().isPresent()
                        ? RevocationTarget.ofSession(session.value().get())
                        : RevocationTarget.ofProvider(provider.provider.value(), provider.subject.value());
            }
        }

        /** A provider, or one of its users. */
        static final class OfProvider {
            private final Argument<String> provider;
            private final Argument<Optional<String>> subject;

            OfProvider(Arguments group) {
                provider = group.required(
                        "--provider",
                        "NAME|ARN",
                        "The identity provider whose sessions to revoke: its name, or acs:ram::ACCOUNT:oidc-provider/NAME.");
                subject = group.optional(
                        "--subject",
                        "SUB",
                        "Only those of this user, the sub of the provider's tokens, and these tokens.");
            }
        }

        @Override
        public RevokeSessionsCommand read() throws CommandFailure.Misuse {
            RevocationTarget target = named.target()
                    .orElseThrow(() -> new CommandFailure.Misuse(
                            "Name a role as acs:ram::ACCOUNT:role/NAME, an identity provider by its name or as"
                                    + " acs:ram::ACCOUNT:oidc-provider/NAME, its user by the sub of a token (1 to 255 printable"
                                    + " characters), an access key by its id, or a session by its 32 hex digits."));
            return new RevokeSessionsCommand(
                    registry.data(), target, RegistryOptions.moment(AS_OF, asOf.value()), registry.json());
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
