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
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * {@code explain}: explains why a request was refused.
 *
 * @param data the registry with the access key
 * @param secretFile the file with the secret, or {@code -}; without it and {@code data}, only the answer and the text of the request are explained
 * @param failed the failing request
 * @param bucket the bucket that a custom domain is bound to, for use without a registry
 * @param client files with the text that the client signed
 */
record ExplainCommand(
        Optional<RegistryOptions.DataPlace> data,
        Optional<String> secretFile,
        FailedLine failed,
        Optional<String> bucket,
        ClientFiles client,
        Optional<Instant> at,
        boolean json)
        implements Invocation.Operation {
    private static final int KEYS = 16;

    static final class Options implements CommandTree.Options {
        private static final String AT = "--at";

        private final FailedLine.Options failed;
        private final Key key;
        private final Argument<Optional<String>> bucket;
        private final ClientFiles.Options client;
        private final Argument<Optional<String>> at;
        private final Argument<Boolean> readOnly;
        private final Argument<Boolean> json;

        Options(CommandDeclaration command) {
            command.describe(
                    "Explain why a request was refused: the steps of the decision, the text that the signature must cover"
                            + " compared with what the client signed, and the cause in one sentence. No signature or secret is shown.",
                    "",
                    "Examples:",
                    "  countersign explain failed.txt --data data",
                    "  countersign explain 'http://examplebucket.oss-cn-hangzhou.aliyuncs.com/a.jpg?Signature=...' --data data",
                    "  countersign explain failed.har --secret-file secret.txt --json",
                    "  countersign explain error.xml");
            failed = new FailedLine.Options(command);
            key = command.atMostOne(Key::new);
            bucket = command.optional(
                    "--bucket",
                    "NAME",
                    "The bucket that the custom domain of the request is bound to. For use without --data.");
            client = new ClientFiles.Options(command);
            at = command.optional(
                    AT,
                    "MOMENT",
                    "Verify the request at this time. Default: the time of the answer in the input, or now.");
            readOnly = command.flag(RegistryOptions.READ_ONLY, RegistryOptions.READ_ONLY_HELP);
            json = command.flag(RegistryOptions.JSON, RegistryOptions.JSON_HELP);
        }

        /** At most one of the two. */
        static final class Key {
            private final Argument<Optional<Path>> data;
            private final Argument<Optional<String>> secretFile;

            Key(Arguments group) {
                data = group.optionalPath(
                        RegistryOptions.DATA,
                        "DIR",
                        "The data directory with the access key. A server may be using it.");
                secretFile = group.optional(
                        "--secret-file",
                        "FILE",
                        "The file with the secret of the access key, instead of --data; - reads standard input. Without both,"
                                + " only the answer and the text of the request are explained.");
            }
        }

        @Override
        public ExplainCommand read() throws CommandFailure.Misuse {
            if (readOnly.value() && key.data.value().isEmpty()) {
                throw new CommandFailure.Misuse(RegistryOptions.READ_ONLY + " changes how " + RegistryOptions.DATA
                        + " is opened; give --data as well.");
            }
            ExplainCommand command = new ExplainCommand(
                    key.data.value().map(directory -> new RegistryOptions.DataPlace(directory, readOnly.value())),
                    key.secretFile.value(),
                    failed.read(),
                    bucket.value(),
                    client.read(),
                    RegistryOptions.moment(AT, at.value()),
                    json.value());
            if (!command.at.map(Explainer::isPossible).orElse(true)) {
                throw new CommandFailure.Misuse(AT + " must be a time from 1970 to 9999.");
            }
            if (command.failed.isStandardInput() && command.secretFile.equals(Optional.of(Input.STANDARD_INPUT))) {
                throw new CommandFailure.Misuse(
                        "Standard input cannot be both the request and the secret; put one of them in a file.");
            }
            return command;
        }
    }

    @Override
    public void run(QuickCommands.Tools tools) throws CommandFailure, StoreUnavailable {
        Transcript.Pasted pasted = failed.pasted(tools);
        Explained.ClientForm form = client.form(tools);
        Report report =
                data.isPresent() ? withRegistry(tools, data.get(), pasted, form) : withoutRegistry(tools, pasted, form);
        if (json) {
            tools.out().println(Report.Writer.json(report));
        } else {
            new ReportText(report).print(tools.out());
        }
    }

    private Report withRegistry(
            QuickCommands.Tools tools,
            RegistryOptions.DataPlace place,
            Transcript.Pasted pasted,
            Explained.ClientForm form)
            throws CommandFailure, StoreUnavailable {
        Settings settings = QuickCommands.Tools.settings();
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

    private Report withoutRegistry(QuickCommands.Tools tools, Transcript.Pasted pasted, Explained.ClientForm form)
            throws CommandFailure {
        Optional<Secret> secret =
                secretFile.isPresent() ? Optional.of(SecretFile.read(tools, secretFile.get())) : Optional.empty();
        return new OfflineExplainer(QuickCommands.Tools.settings().verify().bases(), host -> bucket, secret)
                .explain(pasted, form, at, tools.now());
    }

    /** Files with the text that a client signed, copied from its debug log. */
    record ClientFiles(Optional<String> stringToSign, Optional<String> canonicalRequest) {
        /** The options that name the files. */
        static final class Options {
            private final Argument<Optional<String>> stringToSign;
            private final Argument<Optional<String>> canonicalRequest;

            Options(Arguments command) {
                stringToSign = command.optional(
                        "--client-string-to-sign",
                        "FILE",
                        "The file with the client's string to sign, to compare line by line.");
                canonicalRequest = command.optional(
                        "--client-canonical-request",
                        "FILE",
                        "The file with the client's canonical request (V4), to compare line by line.");
            }

            ClientFiles read() {
                return new ClientFiles(stringToSign.value(), canonicalRequest.value());
            }
        }

        Explained.ClientForm form(QuickCommands.Tools tools) throws CommandFailure {
            return new Explained.ClientForm(text(tools, stringToSign), text(tools, canonicalRequest));
        }

        /** Editors add a line feed at the end of a file, and no canonical form ends with one. */
        private static Optional<String> text(QuickCommands.Tools tools, Optional<String> file) throws CommandFailure {
            if (file.isEmpty()) {
                return Optional.empty();
            }
            String text = new Input("Form", Explained.ClientForm.MAX_LENGTH)
                    .fileOrInput(file.get(), tools)
                    .replace("\r\n", "\n");
            return Optional.of(text.endsWith("\n") ? text.substring(0, text.length() - 1) : text);
        }
    }

    /** The secret of an access key, in a file or on standard input: every user of the machine can read arguments. */
    static final class SecretFile {
        private SecretFile() {}

        /** @param file its path, or {@code -}; a line end at the end of the file is not part of the secret */
        static Secret read(QuickCommands.Tools tools, String file) throws CommandFailure {
            String text = new Input("Secret", Secret.MAX_LENGTH + 2).unnamed().fileOrInput(file, tools);
            String secret = text.endsWith("\r\n")
                    ? text.substring(0, text.length() - 2)
                    : text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
            if (secret.isEmpty() || secret.length() > Secret.MAX_LENGTH) {
                throw new CommandFailure(
                        "InvalidSecret",
                        "The secret must have 1 to " + Secret.MAX_LENGTH
                                + " characters; put only the secret in the file.");
            }
            return Secret.of(secret);
        }
    }
}
