package io.countersign.gateway.cli;

import io.countersign.gateway.config.Settings;
import io.countersign.registry.rotation.AuditItem;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.registry.store.Transaction;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import picocli.CommandLine.Model.CommandSpec;

/**
 * {@code token}: a session of a role, as AssumeRole gives it to one of the registry's users.
 *
 * @param accessKey of the user that assumes the role
 * @param duration seconds
 * @param policy a file with the session policy
 * @param out the file to write the session to
 */
record TokenCommand(
        Path data,
        String role,
        String accessKey,
        String sessionName,
        OptionalInt duration,
        Optional<String> policy,
        Optional<String> externalId,
        Optional<Path> out,
        boolean json)
        implements Operation {
    private static final String DURATION = "--duration";
    private static final String SESSION_NAME = "--session-name";
    private static final String POLICY = "--policy";
    private static final String EXTERNAL_ID = "--external-id";
    private static final String OUT = "--out";
    private static final int MAX_POLICY = 64 * 1024;

    static CommandSpec spec() {
        CommandSpec token = Commands.operation(
                "token",
                "Issues a session of a role, as AssumeRole does when it is called with one of the registry's keys: its user's"
                        + " policies and the role's trust policy decide. The session is shown on a terminal, or written to a"
                        + " file that you alone can read.",
                TokenCommand::read,
                "token --role acs:ram::1234567890123456:role/mobile-app --access-key LTAI5tExample --data data");
        token.addOption(Options.required(Options.ROLE, "ARN", "The role: acs:ram::ACCOUNT:role/NAME."));
        token.addOption(Options.required(Options.ACCESS_KEY, "ID", "The key of the user that assumes it."));
        token.addOption(Options.text(SESSION_NAME, "NAME", "The session's name (operator)."));
        token.addOption(Options.number(DURATION, "SECONDS", "900 to what the role allows (3600, or less)."));
        token.addOption(
                Options.text(POLICY, "FILE", "A session policy that narrows the role's; - reads standard input."));
        token.addOption(Options.text(EXTERNAL_ID, "ID", "What the role's trust policy may ask for."));
        token.addOption(Options.path(OUT, "FILE", "Where the session is written, mode 0600; never over another file."));
        return token;
    }

    private static TokenCommand read(Line line) throws Misuse {
        String role = line.text(Options.ROLE).orElse("");
        if (SessionsOf.parse(Optional.of(role), Optional.empty(), Optional.empty())
                .isEmpty()) {
            throw new Misuse("Name the role as acs:ram::ACCOUNT:role/NAME.");
        }
        return new TokenCommand(
                line.data(),
                role,
                line.text(Options.ACCESS_KEY).orElse(""),
                line.text(SESSION_NAME).orElse("operator"),
                line.optionalNumber(DURATION),
                line.text(POLICY),
                line.text(EXTERNAL_ID),
                line.optionalPath(OUT),
                line.json());
    }

    @Override
    public void run(Tools tools) throws CommandFailure, StoreUnavailable {
        Settings settings = Tools.settings();
        Optional<String> narrowed = policy.isPresent()
                ? Optional.of(new Input("Policy", MAX_POLICY).fileOrInput(policy.get(), tools))
                : Optional.empty();
        try (OpenedData opened = tools.existing(data, settings)) {
            MadeSession place = new MadeSession(tools, opened.directory(), out, json);
            place.requireFree();
            AssumedSession session = new AssumeRoleCall(opened, settings, tools).answer(this, narrowed);
            AuditItem.AuditRecord record = new AuditItem.AuditRecord(
                    tools.now(),
                    "SessionIssued",
                    role,
                    "an operator took on the role as " + sessionName + " with the access key " + accessKey + ", until "
                            + session.expiration(),
                    EventIds.next(tools.random()));
            opened.store().write(Transaction.of(AuditItem.write(record)), tools.now());
            place.show(role, session);
        }
    }
}
