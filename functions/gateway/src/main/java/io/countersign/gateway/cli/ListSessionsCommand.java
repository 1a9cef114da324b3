package io.countersign.gateway.cli;

import io.countersign.registry.keys.RevocationListing;
import io.countersign.registry.keys.RevocationListing.Revoked;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.rotate.sessions.SessionsOf;

/** {@code sessions list}: lists the revocations in force. The registry does not store sessions: a session is its token. */
record ListSessionsCommand(RegistryOptions.DataPlace data, boolean json) implements Invocation.Operation {
    static final class Options implements CommandTree.Options {
        private final RegistryOptions.Reading registry;

        Options(CommandDeclaration command) {
            command.describe(
                    "List the revocations in force: whose sessions are refused, and up to which time of issue. Sessions are"
                            + " not listed, because the registry does not store them. A revocation is removed after the longest"
                            + " lifetime of a session (12 hours); that of a provider's user is kept, because tokens may live longer.",
                    "",
                    "Example:",
                    "  countersign sessions list --data data");
            registry = new RegistryOptions.Reading(command);
        }

        @Override
        public ListSessionsCommand read() {
            return new ListSessionsCommand(registry.place(), registry.json());
        }
    }

    @Override
    public void run(QuickCommands.Tools tools) throws CommandFailure, StoreUnavailable {
        try (OpenedData opened = tools.existing(data)) {
            Listing listing = new Listing(tools, json);
            new RevocationListing(opened.store(), tools.now()).each((revoked, before) -> {
                SessionsOf sessions = of(revoked);
                listing.add(sessions.named() + "  issued up to " + before, sessions.json(before));
            });
            listing.end("revocations in force");
        }
    }

    private static SessionsOf of(Revoked revoked) {
        return switch (revoked) {
            case Revoked.OfRole role ->
                new SessionsOf.Role(role.role().accountId(), role.role().name());
            case Revoked.OfProvider provider ->
                new SessionsOf.Provider(provider.provider().revocable());
            case Revoked.OfAccessKey key -> new SessionsOf.AccessKey(key.id());
            case Revoked.OfSubject subject -> new SessionsOf.Subject(subject.about());
            case Revoked.OfSession session ->
                new SessionsOf.Session(session.about().id());
        };
    }
}
