package io.countersign.gateway.cli;

import io.countersign.verify.explain.ClientForm;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Files with what a client signed, as its debug log has it. */
record ClientFiles(Optional<String> stringToSign, Optional<String> canonicalRequest) {
    /** The options that name them. */
    static final class Options {
        @Option(
                names = "--client-string-to-sign",
                paramLabel = "FILE",
                description = "The file with the client's string to sign, to compare line by line.")
        Optional<String> stringToSign = Optional.empty();

        @Option(
                names = "--client-canonical-request",
                paramLabel = "FILE",
                description = "The file with the client's canonical request (V4), to compare line by line.")
        Optional<String> canonicalRequest = Optional.empty();

        ClientFiles read() {
            return new ClientFiles(stringToSign, canonicalRequest);
        }
    }

    ClientForm form(Tools tools) throws CommandFailure {
        return new ClientForm(text(tools, stringToSign), text(tools, canonicalRequest));
    }

    /** Editors end a file with a line feed, and no form ends in one. */
    private static Optional<String> text(Tools tools, Optional<String> file) throws CommandFailure {
        if (file.isEmpty()) {
            return Optional.empty();
        }
        String text = new Input("Form", ClientForm.MAX_LENGTH)
                .fileOrInput(file.get(), tools)
                .replace("\r\n", "\n");
        return Optional.of(text.endsWith("\n") ? text.substring(0, text.length() - 1) : text);
    }
}
