package io.countersign.gateway.cli;

import io.countersign.json.JsonText;
import io.countersign.registry.AccessKeyItem;
import io.countersign.registry.IdSyntax;
import io.countersign.registry.ProviderItem;
import io.countersign.registry.Records;
import io.countersign.registry.RevocationItem;
import io.countersign.registry.Revocations;
import io.countersign.registry.RoleItem;
import io.countersign.registry.rotation.AuditItem;
import io.countersign.registry.store.Item;
import io.countersign.registry.store.ItemKey;
import io.countersign.registry.store.RegistryStore;
import io.countersign.registry.store.StoreUnavailable;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code sessions revoke}: revokes sessions.
 *
 * @param asOf sessions issued up to this time are revoked; empty for now
 */
record RevokeSessionsCommand(Path data, SessionsOf sessions, Optional<Instant> asOf, boolean json)
        implements Invocation.Operation {
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

        /** Exactly one of the three; the others are empty. They are not Optional, because picocli would then not require the group. */
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
        public RevokeSessionsCommand read() throws CommandFailure.Misuse {
            SessionsOf sessions = named.sessions()
                    .orElseThrow(() -> new CommandFailure.Misuse(
                            "Name a role as acs:ram::ACCOUNT:role/NAME, an identity provider as acs:ram::ACCOUNT:oidc-provider/NAME,"
                                    + " or an access key by its id."));
            return new RevokeSessionsCommand(
                    registry.data, sessions, RegistryOptions.moment(AS_OF, asOf), registry.json);
        }
    }

    @Override
    public void run(QuickCommands.Tools tools) throws CommandFailure, StoreUnavailable {
        try (OpenedData opened = tools.existing(data)) {
            Instant stands = new SessionRevoker(tools).revoke(opened.store(), sessions, asOf);
            tools.out()
                    .println(
                            json
                                    ? sessions.json(stands)
                                    : "revoked: sessions of " + sessions.label() + " issued up to " + stands);
        }
    }

    /** Revokes the sessions of a role, a provider or an access key of the registry. */
    static final class SessionRevoker {
        private final QuickCommands.Tools tools;

        SessionRevoker(QuickCommands.Tools tools) {
            this.tools = tools;
        }

        /** @return the time in force: sessions issued up to it are refused */
        Instant revoke(RegistryStore store, SessionsOf sessions, Optional<Instant> asOf)
                throws CommandFailure, StoreUnavailable {
            Instant now = tools.now();
            Instant before = asOf.orElse(now);
            if (before.isAfter(now)) {
                throw new CommandFailure(
                        "MomentToCome",
                        "Sessions that are not issued yet cannot be revoked; name a time in the past, or omit --as-of.");
            }
            AuditItem.AuditRecord record = new AuditItem.AuditRecord(
                    now,
                    "SessionsRevoked",
                    sessions.named(),
                    "an operator revoked those issued up to " + before,
                    RotationRunner.EventIds.next(tools.random()));
            return new Revocations(store)
                    .revoke(found(store, sessions, now), before, now, List.of(AuditItem.write(record)));
        }

        private static RevocationItem.Revocable found(RegistryStore store, SessionsOf sessions, Instant now)
                throws CommandFailure, StoreUnavailable {
            return switch (sessions) {
                case SessionsOf.Role role -> {
                    Item item = item(store, RoleItem.key(role.accountId(), role.name()), sessions, now);
                    yield new RevocationItem.Revocable.OfRole(
                            Records.read(item, RoleItem::read).roleId());
                }
                case SessionsOf.Provider provider -> {
                    Item item = item(store, ProviderItem.key(provider.accountId(), provider.name()), sessions, now);
                    yield Records.read(item, ProviderItem::read).revocable();
                }
                case SessionsOf.AccessKey key -> {
                    Item item = item(store, AccessKeyItem.key(key.id()), sessions, now);
                    yield new RevocationItem.Revocable.OfAccessKey(
                            Records.read(item, AccessKeyItem::read).id());
                }
            };
        }

        private static Item item(RegistryStore store, ItemKey key, SessionsOf sessions, Instant now)
                throws CommandFailure, StoreUnavailable {
            return Optional.ofNullable(store.get(Set.of(key), RegistryStore.Consistency.STRONG, now)
                            .get(key))
                    .orElseThrow(() -> new CommandFailure(
                            "NotFound",
                            "The registry does not hold " + sessions.label()
                                    + "; correct the name. If it was removed, its sessions are already refused."));
        }
    }

    /** The role, provider or access key whose sessions a command is about. */
    public sealed interface SessionsOf {
        /** The name to show to the user. */
        String label();

        /** The name of the member in JSON. */
        String member();

        /** The ARN, or the id of the access key. */
        String named();

        default String json(Instant revokedBefore) {
            return JsonText.object(json -> json.put(member(), named()).put("revokedBefore", revokedBefore.toString()));
        }

        record Role(String accountId, String name) implements SessionsOf {
            @Override
            public String label() {
                return "the role " + named();
            }

            @Override
            public String member() {
                return "role";
            }

            @Override
            public String named() {
                return "acs:ram::" + accountId + ":role/" + name;
            }
        }

        record Provider(String accountId, String name) implements SessionsOf {
            @Override
            public String label() {
                return "the provider " + named();
            }

            @Override
            public String member() {
                return "provider";
            }

            @Override
            public String named() {
                return "acs:ram::" + accountId + ":oidc-provider/" + name;
            }
        }

        record AccessKey(String id) implements SessionsOf {
            @Override
            public String label() {
                return "the access key " + id;
            }

            @Override
            public String member() {
                return "accessKeyId";
            }

            @Override
            public String named() {
                return id;
            }
        }

        /** Parses the one that is given; empty if it is not valid in a registry. */
        static Optional<SessionsOf> parse(
                Optional<String> role, Optional<String> provider, Optional<String> accessKey) {
            if (role.isPresent()) {
                return named(role.get(), "role", Role::new);
            }
            if (provider.isPresent()) {
                return named(provider.get(), "oidc-provider", Provider::new);
            }
            return accessKey.filter(IdSyntax::isAccessKeyId).map(AccessKey::new);
        }

        private static Optional<SessionsOf> named(
                String arn, String kind, BiFunction<String, String, SessionsOf> constructor) {
            Matcher matcher =
                    Pattern.compile("acs:ram::([^:]*):" + kind + "/(.*)").matcher(arn);
            return matcher.matches() && IdSyntax.isAccountId(matcher.group(1)) && IdSyntax.isRamName(matcher.group(2))
                    ? Optional.of(constructor.apply(matcher.group(1), matcher.group(2)))
                    : Optional.empty();
        }
    }
}
