package io.countersign.gateway.cli;

import io.countersign.gateway.config.Settings;
import io.countersign.http.Bytes;
import io.countersign.http.Call;
import io.countersign.http.Header;
import io.countersign.http.Reply;
import io.countersign.identity.BearerAuthenticator;
import io.countersign.identity.limits.SubjectLimits;
import io.countersign.json.InvalidDocumentException;
import io.countersign.json.JsonText;
import io.countersign.json.Members;
import io.countersign.json.Values;
import io.countersign.oss.HttpMethod;
import io.countersign.oss.QueryParameter;
import io.countersign.oss.QueryParameters;
import io.countersign.registry.rotation.AuditItem;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.registry.store.Transaction;
import io.countersign.rotate.sessions.RevocationTarget;
import io.countersign.signing.AccessKey;
import io.countersign.signing.rpc.RpcSignature;
import io.countersign.token.sts.StsFunction;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * {@code token}: issues a session of a role, as AssumeRole does for a user of the registry.
 *
 * @param accessKey of the user that assumes the role
 * @param duration seconds
 * @param policy the file with the session policy
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
        implements Invocation.Operation {
    private static final int MAX_POLICY = 64 * 1024;

    static final class Options implements CommandTree.Options {
        private final RegistryOptions registry;
        private final Argument<String> role;
        private final Argument<String> accessKey;
        private final Argument<Optional<String>> sessionName;
        private final Argument<OptionalInt> duration;
        private final Argument<Optional<String>> policy;
        private final Argument<Optional<String>> externalId;
        private final Argument<Optional<Path>> out;

        Options(CommandDeclaration command) {
            command.describe(
                    "Issue a session of a role, as AssumeRole does when it is called with an access key of the registry. The"
                            + " user's policies and the role's trust policy decide. The session is shown on a terminal, or written to a"
                            + " file with mode 0600.",
                    "",
                    "Example:",
                    "  countersign token --role acs:ram::1234567890123456:role/mobile-app --access-key LTAI5tExample --data data");
            registry = new RegistryOptions(command);
            role = command.required("--role", "ARN", "The role to assume: acs:ram::ACCOUNT:role/NAME.");
            accessKey = command.required("--access-key", "ID", "The access key of the user that assumes the role.");
            sessionName = command.optional("--session-name", "NAME", "The name of the session. Default: operator.");
            duration = command.number(
                    "--duration",
                    "SECONDS",
                    "The lifetime of the session, from 900 up to the maximum of the role. Default: 3600, or the maximum of"
                            + " the role if that is lower.");
            policy = command.optional(
                    "--policy",
                    "FILE",
                    "The file with a session policy that restricts the role; - reads standard input.");
            externalId = command.optional(
                    "--external-id", "ID", "The external id that the trust policy of the role may require.");
            out = command.optionalPath(
                    "--out",
                    "FILE",
                    "Write the session to this new file (mode 0600). An existing file is not overwritten.");
        }

        @Override
        public TokenCommand read() throws CommandFailure.Misuse {
            if (RevocationTarget.ofRole(role.value()).isEmpty()) {
                throw new CommandFailure.Misuse("Name the role as acs:ram::ACCOUNT:role/NAME.");
            }
            return new TokenCommand(
                    registry.data(),
                    role.value(),
                    accessKey.value(),
                    sessionName.value().orElse("operator"),
                    duration.value(),
                    policy.value(),
                    externalId.value(),
                    out.value(),
                    registry.json());
        }
    }

    @Override
    public void run(QuickCommands.Tools tools) throws CommandFailure, StoreUnavailable {
        Settings settings = QuickCommands.Tools.settings();
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
                    RotationRunner.EventIds.next(tools.random()));
            opened.store().write(Transaction.of(AuditItem.write(record)), tools.now());
            place.show(role, session);
        }
    }

    /** Calls AssumeRole as a client of the server does, signed with the chosen key, so that the command makes no decision itself. */
    record AssumeRoleCall(OpenedData data, Settings settings, QuickCommands.Tools tools) {
        private static final String LOOPBACK = "127.0.0.1";
        private static final int OK = 200;

        /** @throws CommandFailure with STS's code if it refuses */
        AssumedSession answer(TokenCommand asked, Optional<String> policy) throws CommandFailure, StoreUnavailable {
            Instant now = tools.now();
            ChosenKeys keys = ChosenKeys.in(data, settings, now);
            Call call = signed(parameters(asked, policy, now), keys.byId(asked.accessKey()));
            Reply reply = new StsFunction(
                            new BearerAuthenticator(keys.registry()),
                            keys.registry(),
                            // One session for an operator, who is not held to the role's limits.
                            new SubjectLimits(tools.random()),
                            data.store(),
                            tools.random())
                    .handle(call, now);
            try {
                Members members = Members.of(Values.parse(reply.body().utf8()));
                if (reply.status() != OK) {
                    throw new CommandFailure(members.string("Code"), members.string("Message"));
                }
                return AssumedSession.read(Members.of(members.required("Credentials")));
            } catch (InvalidDocumentException e) {
                throw new IllegalStateException("STS answers in JSON", e);
            }
        }

        private QueryParameters parameters(TokenCommand asked, Optional<String> policy, Instant now) {
            List<QueryParameter> parameters = new ArrayList<>();
            parameters.add(QueryParameter.of("Action", "AssumeRole"));
            parameters.add(QueryParameter.of("Version", "2015-04-01"));
            parameters.add(QueryParameter.of("Format", "JSON"));
            parameters.add(QueryParameter.of("RoleArn", asked.role()));
            parameters.add(QueryParameter.of("RoleSessionName", asked.sessionName()));
            asked.duration()
                    .ifPresent(
                            seconds -> parameters.add(QueryParameter.of("DurationSeconds", Integer.toString(seconds))));
            policy.ifPresent(text -> parameters.add(QueryParameter.of("Policy", text)));
            asked.externalId().ifPresent(id -> parameters.add(QueryParameter.of("ExternalId", id)));
            parameters.add(QueryParameter.of("AccessKeyId", asked.accessKey()));
            parameters.add(QueryParameter.of("SignatureMethod", "HMAC-SHA1"));
            parameters.add(QueryParameter.of("SignatureVersion", "1.0"));
            parameters.add(QueryParameter.of("SignatureNonce", RotationRunner.EventIds.next(tools.random())));
            parameters.add(QueryParameter.of(
                    "Timestamp", now.truncatedTo(ChronoUnit.SECONDS).toString()));
            return new QueryParameters(parameters);
        }

        private static Call signed(QueryParameters parameters, AccessKey key) {
            String signature = RpcSignature.sign(HttpMethod.POST, parameters, key.secret());
            String form = parameters.and("Signature", signature).encoded();
            List<Header> headers = List.of(new Header("Content-Type", "application/x-www-form-urlencoded"));
            return new Call("POST", "/", Optional.empty(), headers, Bytes.utf8(form), LOOPBACK, false);
        }
    }

    /** The answer of AssumeRole. It contains secrets. */
    record AssumedSession(String accessKeyId, String accessKeySecret, String securityToken, String expiration) {
        static AssumedSession read(Members credentials) throws InvalidDocumentException {
            return new AssumedSession(
                    credentials.string("AccessKeyId"),
                    credentials.string("AccessKeySecret"),
                    credentials.string("SecurityToken"),
                    credentials.string("Expiration"));
        }

        String document(String role) {
            return JsonText.object(members -> members.put("role", role)
                    .put("accessKeyId", accessKeyId)
                    .put("accessKeySecret", accessKeySecret)
                    .put("securityToken", securityToken)
                    .put("expiration", expiration));
        }

        /** Only the id. */
        @Override
        public String toString() {
            return "AssumedSession[" + accessKeyId + "]";
        }
    }
}
