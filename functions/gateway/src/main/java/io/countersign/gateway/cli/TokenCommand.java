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
                    "Issue a session of a role, as AssumeRole does when it is called with an access key of the registry. The"
                            + " user's policies and the role's trust policy decide. The session is shown on a terminal, or written to a"
                            + " file with mode 0600.",
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
                description = "The role to assume: acs:ram::ACCOUNT:role/NAME.")
        String role = "";

        @Option(
                names = "--access-key",
                paramLabel = "ID",
                required = true,
                description = "The access key of the user that assumes the role.")
        String accessKey = "";

        @Option(
                names = "--session-name",
                paramLabel = "NAME",
                description = "The name of the session. Default: operator.")
        String sessionName = "operator";

        @Option(
                names = "--duration",
                paramLabel = "SECONDS",
                description =
                        "The lifetime of the session, from 900 up to the maximum of the role. Default: 3600, or the maximum of"
                                + " the role if that is lower.")
        Optional<Integer> duration = Optional.empty();

        @Option(
                names = "--policy",
                paramLabel = "FILE",
                description = "The file with a session policy that restricts the role; - reads standard input.")
        Optional<String> policy = Optional.empty();

        @Option(
                names = "--external-id",
                paramLabel = "ID",
                description = "The external id that the trust policy of the role may require.")
        Optional<String> externalId = Optional.empty();

        @Option(
                names = "--out",
                paramLabel = "FILE",
                description = "Write the session to this new file (mode 0600). An existing file is not overwritten.")
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
