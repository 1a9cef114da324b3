package io.countersign.gateway.cli;

import io.countersign.gateway.config.Settings;
import io.countersign.registry.rotation.AuditItem;
import io.countersign.registry.rotation.AuditRecord;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.registry.store.Transaction;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

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
    private static final int MAX_POLICY = 64 * 1024;

    @Command(
            name = "token",
            description =
                    "Issues a session of a role, as AssumeRole does when it is called with one of the registry's keys: its user's"
                            + " policies and the role's trust policy decide. The session is shown on a terminal, or written to a"
                            + " file that you alone can read.",
            footer = {
                "",
                "Example:",
                "  countersign token --role acs:ram::1234567890123456:role/mobile-app --access-key LTAI5tExample --data data"
            })
    static final class Options implements Commands.Options {
        @Mixin
        RegistryOptions registry = new RegistryOptions();

        @Option(
                names = "--role",
                paramLabel = "ARN",
                required = true,
                description = "The role: acs:ram::ACCOUNT:role/NAME.")
        String role = "";

        @Option(
                names = "--access-key",
                paramLabel = "ID",
                required = true,
                description = "The key of the user that assumes it.")
        String accessKey = "";

        @Option(names = "--session-name", paramLabel = "NAME", description = "The session's name (operator).")
        String sessionName = "operator";

        @Option(
                names = "--duration",
                paramLabel = "SECONDS",
                description = "900 to what the role allows (3600, or less).")
        Optional<Integer> duration = Optional.empty();

        @Option(
                names = "--policy",
                paramLabel = "FILE",
                description = "A session policy that narrows the role's; - reads standard input.")
        Optional<String> policy = Optional.empty();

        @Option(names = "--external-id", paramLabel = "ID", description = "What the role's trust policy may ask for.")
        Optional<String> externalId = Optional.empty();

        @Option(
                names = "--out",
                paramLabel = "FILE",
                description = "Where the session is written, mode 0600; never over another file.")
        Optional<Path> out = Optional.empty();

        @Override
        public TokenCommand read() throws Misuse {
            if (SessionsOf.parse(Optional.of(role), Optional.empty(), Optional.empty())
                    .isEmpty()) {
                throw new Misuse("Name the role as acs:ram::ACCOUNT:role/NAME.");
            }
            return new TokenCommand(
                    registry.data,
                    role,
                    accessKey,
                    sessionName,
                    Commands.number(duration),
                    policy,
                    externalId,
                    out,
                    registry.json);
        }
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
            AuditRecord record = new AuditRecord(
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
