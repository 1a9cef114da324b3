package io.countersign.gateway.cli;

import io.countersign.gateway.config.Settings;
import io.countersign.http.ProblemException;
import io.countersign.http.RequestLimits;
import io.countersign.json.JsonText;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.signcontent.OperatorContentSigner;
import io.countersign.signing.AccessKey;
import picocli.CommandLine.Model.CommandSpec;

/** {@code sign content}: the Authorization for a string to sign, as self-signed mode makes it. */
record SignContentCommand(DataPlace data, String accessKey, String file, boolean json) implements Operation {
    static CommandSpec spec() {
        CommandSpec content = Commands.reading(
                "content",
                "Signs V1's string to sign, byte for byte (no line end behind it), and prints the Authorization. It is read,"
                        + " rebuilt and held against the time and what may be signed, as at POST /sign-content; no policy is asked.",
                line -> new SignContentCommand(
                        line.place(), line.text(Options.ACCESS_KEY).orElse(""), line.operand(), line.json()),
                "sign content string-to-sign.txt --access-key LTAI5tExample --data data",
                "sign content - --access-key LTAI5tExample --data data");
        content.addPositional(Options.operand("FILE", "The string to sign. - reads standard input."));
        content.addOption(Options.required(Options.ACCESS_KEY, "ID", "The key that signs."));
        return content;
    }

    @Override
    public void run(Tools tools) throws CommandFailure, StoreUnavailable {
        Settings settings = Tools.settings();
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
