package io.countersign.gateway.cli;

import io.countersign.gateway.config.Settings;
import io.countersign.http.ProblemException;
import io.countersign.http.RequestLimits;
import io.countersign.json.JsonText;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.signcontent.OperatorContentSigner;
import io.countersign.signing.AccessKey;

/** {@code sign content}: prints the Authorization header for a string to sign, as self-signed mode does. */
record SignContentCommand(RegistryOptions.DataPlace data, String accessKey, String file, boolean json)
        implements Invocation.Operation {
    static final class Options implements CommandTree.Options {
        private final RegistryOptions.Reading registry;
        private final Argument<String> file;
        private final Argument<String> accessKey;

        Options(CommandDeclaration command) {
            command.describe(
                    "Sign a V1 string to sign and print the Authorization header. The input is used byte for byte, so it must"
                            + " not end with a line feed. The checks of POST /sign-content apply; policies are not evaluated.",
                    "",
                    "Examples:",
                    "  countersign sign content string-to-sign.txt --access-key LTAI5tExample --data data",
                    "  countersign sign content - --access-key LTAI5tExample --data data");
            registry = new RegistryOptions.Reading(command);
            file = command.operand("FILE", "The file with the string to sign; - reads standard input.");
            accessKey = command.required("--access-key", "ID", "The access key to sign with.");
        }

        @Override
        public SignContentCommand read() {
            return new SignContentCommand(registry.place(), accessKey.value(), file.value(), registry.json());
        }
    }

    @Override
    public void run(QuickCommands.Tools tools) throws CommandFailure, StoreUnavailable {
        Settings settings = QuickCommands.Tools.settings();
        String content = new Input("Content", RequestLimits.BODY).fileOrInput(file, tools);
        try (OpenedData opened = tools.existing(data, settings)) {
            ChosenKeys keys = ChosenKeys.in(opened, settings, tools.now());
            AccessKey key = keys.byId(accessKey);
            String authorization = new OperatorContentSigner(keys.registry(), settings.signContent())
                    .authorization(content, key, tools.now());
            tools.out()
                    .println(
                            json
                                    ? JsonText.object(members -> members.put("authorization", authorization))
                                    : authorization);
        } catch (ProblemException refused) {
            throw new CommandFailure(refused.problem().code(), refused.problem().detail(), refused);
        }
    }
}
