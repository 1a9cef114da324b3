package io.countersign.gateway.cli;

import io.countersign.gateway.config.Settings;
import io.countersign.gateway.explain.Explainer;
import io.countersign.gateway.explain.OfflineExplainer;
import io.countersign.gateway.explain.Report;
import io.countersign.gateway.explain.transcript.Transcript;
import io.countersign.identity.token.SessionReader;
import io.countersign.registry.KeyRegistry;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.signing.Secret;
import io.countersign.signing.SigningKeys;
import io.countersign.verify.decide.SessionOpener;
import io.countersign.verify.decide.Verifier;
import io.countersign.verify.explain.Explained;
import java.time.Instant;
import java.util.Optional;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.CommandSpec;

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
    private static final String SECRET_FILE = "--secret-file";
    private static final String BUCKET = "--bucket";
    private static final String AT = "--at";
    private static final int KEYS = 16;

    static CommandSpec spec() {
        CommandSpec explain = Commands.command(
                "explain",
                "Says why a request was refused: the steps of the decision, what the signature goes over beside what the"
                        + " client signed, and the cause in one sentence. It allows nothing and shows no signature or secret.",
                ExplainCommand::read,
                "explain failed.txt --data data",
                "explain 'http://examplebucket.oss-cn-hangzhou.aliyuncs.com/a.jpg?Signature=...' --method PUT --header Content-Type:image/jpeg --data data",
                "explain failed.har --secret-file secret.txt --json",
                "explain error.xml");
        FailedLine.addTo(explain);
        explain.addArgGroup(ArgGroupSpec.builder()
                .exclusive(true)
                .multiplicity("0..1")
                .addArg(Options.path(
                        Options.DATA, "DIR", "The directory of the store that holds the key; it may be in use."))
                .addArg(
                        Options.text(
                                SECRET_FILE,
                                "FILE",
                                "A file with the access key's secret, in place of a store; - reads standard input. With neither, the server's answer and the request's own text are explained."))
                .build());
        explain.addOption(Options.text(
                BUCKET, "NAME", "Without a store: the bucket that a custom domain of the request is bound to."));
        ClientFiles.addTo(explain);
        explain.addOption(Options.text(
                AT, "MOMENT", "Judge it at this moment (when the server answered, as the transcript has it, or now)."));
        explain.addOption(Options.readOnly());
        explain.addOption(Options.json());
        return explain;
    }

    private static ExplainCommand read(Line line) throws Misuse {
        if (line.has(Options.READ_ONLY) && !line.has(Options.DATA)) {
            throw new Misuse(Options.READ_ONLY + " says how " + Options.DATA + " is opened; name a directory.");
        }
        ExplainCommand command = new ExplainCommand(
                line.has(Options.DATA) ? Optional.of(line.place()) : Optional.empty(),
                line.text(SECRET_FILE),
                FailedLine.read(line),
                line.text(BUCKET),
                ClientFiles.read(line),
                line.moment(AT),
                line.json());
        if (!command.at.map(Explainer::isPossible).orElse(true)) {
            throw new Misuse(AT + " is a moment from 1970 to 9999.");
        }
        if (command.failed.isStandardInput() && command.secretFile.equals(Optional.of(Input.STANDARD_INPUT))) {
            throw new Misuse("Standard input is the request or the secret; put one of them into a file.");
        }
        return command;
    }

    @Override
    public void run(Tools tools) throws CommandFailure, StoreUnavailable {
        Transcript.Pasted pasted = failed.pasted(tools);
        Explained.ClientForm form = client.form(tools);
        Report report =
                data.isPresent() ? withRegistry(tools, data.get(), pasted, form) : withoutRegistry(tools, pasted, form);
        if (json) {
            tools.out().println(Report.ReportWriter.json(report));
        } else {
            new ReportText(report).print(tools.out());
        }
    }

    private Report withRegistry(Tools tools, DataPlace place, Transcript.Pasted pasted, Explained.ClientForm form)
            throws CommandFailure, StoreUnavailable {
        Settings settings = Tools.settings();
        try (OpenedData opened = tools.existing(place, settings)) {
            KeyRegistry registry = new KeyRegistry(
                    opened.store(), opened.sealer(), settings.cache().bounds());
            Verifier verifier = new Verifier(
                    registry,
                    SessionOpener.of(new SessionReader(registry)),
                    new SigningKeys(KEYS),
                    settings.verify().bases());
            return new Explainer(verifier, registry, true).explain(pasted, form, at, tools.now());
        }
    }

    private Report withoutRegistry(Tools tools, Transcript.Pasted pasted, Explained.ClientForm form)
            throws CommandFailure {
        Optional<Secret> secret =
                secretFile.isPresent() ? Optional.of(SecretFile.read(tools, secretFile.get())) : Optional.empty();
        return new OfflineExplainer(Tools.settings().verify().bases(), host -> bucket, secret)
                .explain(pasted, form, at, tools.now());
    }
}
