package io.countersign.gateway.cli;

import io.countersign.gateway.config.Settings;
import io.countersign.http.ProblemException;
import io.countersign.http.RequestLimits;
import io.countersign.json.JsonText;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.signcontent.OperatorContentSigner;
import io.countersign.signing.AccessKey;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sign content}: prints the Authorization header for a string to sign, as self-signed mode does. */
record SignContentCommand(RegistryOptions.DataPlace data, String accessKey, String file, boolean json)
        implements Invocation.Operation {
    @Command(
            name = "content",
            description =
                    "Sign a V1 string to sign and print the Authorization header. The input is used byte for byte, so it must"
                            + " not end with a line feed. The checks of POST /sign-content apply; policies are not evaluated.",
            footer = {
                "",
                "Examples:",
                "  countersign sign content string-to-sign.txt --access-key LTAI5tExample --data data",
                "  countersign sign content - --access-key LTAI5tExample --data data"
            })
    static final class Options implements Commands.Options {
        @Mixin
        RegistryOptions.Reading registry = new RegistryOptions.Reading();

        @Parameters(
                index = "0",
                paramLabel = "FILE",
                description = "The file with the string to sign; - reads standard input.")
        String file = "";

        @Option(
                names = "--access-key",
                paramLabel = "ID",
                required = true,
                description = "The access key to sign with.")
        String accessKey = "";

        @Override
        public SignContentCommand read() {
            return new SignContentCommand(registry.place(), accessKey, file, registry.json);
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
