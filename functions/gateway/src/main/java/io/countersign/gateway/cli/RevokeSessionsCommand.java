package io.countersign.gateway.cli;

import io.countersign.registry.store.StoreUnavailable;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/**
 * {@code sessions revoke}: refuses sessions that were issued.
 *
 * @param asOf up to when they were issued; now when it is empty
 */
record RevokeSessionsCommand(Path data, SessionsOf sessions, Optional<Instant> asOf, boolean json)
        implements Operation {
    static CommandSpec spec() {
        CommandSpec revoke = Commands.operation(
                "revoke",
                "Refuses the sessions of a role, a provider or an access key that were issued up to a moment."
                        + " A running server refuses them within its cache's time.",
                RevokeSessionsCommand::read,
                "sessions revoke --role acs:ram::1234567890123456:role/mobile-app --data data");
        revoke.addArgGroup(Options.sessionsOf());
        revoke.addOption(Options.asOf());
        return revoke;
    }

    private static RevokeSessionsCommand read(Line line) throws Misuse {
        Optional<SessionsOf> sessions =
                SessionsOf.parse(line.text(Options.ROLE), line.text(Options.PROVIDER), line.text(Options.ACCESS_KEY));
        return new RevokeSessionsCommand(
                line.data(),
                sessions.orElseThrow(() -> new Misuse(
                        "Name a role as acs:ram::ACCOUNT:role/NAME, a provider as acs:ram::ACCOUNT:oidc-provider/NAME,"
                                + " or an access key by its id.")),
                line.moment(Options.AS_OF),
                line.json());
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
