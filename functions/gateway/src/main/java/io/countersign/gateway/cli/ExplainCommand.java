package io.countersign.gateway.cli;

import io.countersign.gateway.config.Settings;
import io.countersign.identity.token.SessionReader;
import io.countersign.registry.KeyRegistry;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.signing.Secret;
import io.countersign.signing.SigningKeys;
import io.countersign.verify.SessionOpener;
import io.countersign.verify.Verifier;
import io.countersign.verify.explain.ClientForm;
import io.countersign.verify.report.Explainer;
import io.countersign.verify.report.OfflineExplainer;
import io.countersign.verify.report.Report;
import io.countersign.verify.report.ReportWriter;
import io.countersign.verify.transcript.Pasted;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code explain}: why a request was refused.
 *
 * @param data the registry with the key
 * @param secretFile the secret's file, or {@code -}; with neither, what the server answered and what the request's text tells is explained
 * @param failed the failing request
 * @param bucket what a custom domain is bound to, without a registry
 * @param client files of what the client signed
 */
record ExplainCommand(
        Optional<DataPlace> data,
        Optional<String> secretFile,
        FailedLine failed,
        Optional<String> bucket,
        ClientFiles client,
        Optional<Instant> at,
        boolean json)
        implements Operation {
    private static final int KEYS = 16;

    @Command(
            name = "explain",
            description =
                    "Explain why a request was refused: the steps of the decision, the text that the signature must cover"
                            + " compared with what the client signed, and the cause in one sentence. No signature or secret is shown.",
            footer = {
                "",
                "Examples:",
                "  countersign explain failed.txt --data data",
                "  countersign explain 'http://examplebucket.oss-cn-hangzhou.aliyuncs.com/a.jpg?Signature=...' --data data",
                "  countersign explain failed.har --secret-file secret.txt --json",
                "  countersign explain error.xml"
            })
    static final class Options implements Commands.Options {
        private static final String AT = "--at";

        @Mixin
        FailedLine.Options failed = new FailedLine.Options();

        @ArgGroup(exclusive = true, multiplicity = "0..1")
        Key key = new Key();

        @Option(
                names = "--bucket",
                paramLabel = "NAME",
                description = "The bucket that the custom domain of the request is bound to. For use without --data.")
        Optional<String> bucket = Optional.empty();

        @Mixin
        ClientFiles.Options client = new ClientFiles.Options();

        @Option(
                names = AT,
                paramLabel = "MOMENT",
                description = "Verify the request at this time. Default: the time of the answer in the input, or now.")
        Optional<String> at = Optional.empty();

        @Option(names = RegistryOptions.READ_ONLY, arity = "0", description = RegistryOptions.READ_ONLY_HELP)
        boolean readOnly;

        @Option(names = RegistryOptions.JSON, arity = "0", description = RegistryOptions.JSON_HELP)
        boolean json;

        /** One of the two, or neither. */
        static final class Key {
            @Option(
                    names = RegistryOptions.DATA,
                    paramLabel = "DIR",
                    description = "The data directory with the access key. A server may be using it.")
            Optional<Path> data = Optional.empty();

            @Option(
                    names = "--secret-file",
                    paramLabel = "FILE",
                    description =
                            "The file with the secret of the access key, instead of --data; - reads standard input. Without both,"
                                    + " only the answer and the text of the request are explained.")
            Optional<String> secretFile = Optional.empty();
        }

        @Override
        public ExplainCommand read() throws Misuse {
            if (readOnly && key.data.isEmpty()) {
                throw new Misuse(RegistryOptions.READ_ONLY + " says how " + RegistryOptions.DATA
                        + " is opened; name a directory.");
            }
            ExplainCommand command = new ExplainCommand(
                    key.data.map(directory -> new DataPlace(directory, readOnly)),
                    key.secretFile,
                    failed.read(),
                    bucket,
                    client.read(),
                    RegistryOptions.moment(AT, at),
                    json);
            if (!command.at.map(Explainer::isPossible).orElse(true)) {
                throw new Misuse(AT + " is a moment from 1970 to 9999.");
            }
            if (command.failed.isStandardInput() && command.secretFile.equals(Optional.of(Input.STANDARD_INPUT))) {
                throw new Misuse("Standard input is the request or the secret; put one of them into a file.");
            }
            return command;
        }
    }

    @Override
    public void run(Tools tools) throws CommandFailure, StoreUnavailable {
        Pasted pasted = failed.pasted(tools);
        ClientForm form = client.form(tools);
        Report report =
                data.isPresent() ? withRegistry(tools, data.get(), pasted, form) : withoutRegistry(tools, pasted, form);
        if (json) {
            tools.out().println(ReportWriter.json(report));
        } else {
            new ReportText(report).print(tools.out());
        }
    }

    private Report withRegistry(Tools tools, DataPlace place, Pasted pasted, ClientForm form)
            throws CommandFailure, StoreUnavailable {
        Settings settings = Tools.settings();
        try (OpenedData opened = tools.existing(place, settings)) {
            KeyRegistry registry = new KeyRegistry(
                    opened.store(), opened.sealer(), settings.cache().bounds());
            Verifier verifier = new Verifier(
                    registry,
                    SessionOpener.of(new SessionReader(registry)),
                    new SigningKeys(KEYS),
                    settings.verify().listening(true));
            return new Explainer(verifier, registry, true).explain(pasted, form, at, tools.now());
        }
    }

    private Report withoutRegistry(Tools tools, Pasted pasted, ClientForm form) throws CommandFailure {
        Optional<Secret> secret =
                secretFile.isPresent() ? Optional.of(SecretFile.read(tools, secretFile.get())) : Optional.empty();
        return new OfflineExplainer(Tools.settings().verify().bases(), host -> bucket, secret)
                .explain(pasted, form, at, tools.now());
    }
}
