package io.countersign.gateway.cli;

import io.countersign.verify.explain.Explained;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/** Files with what a client signed, as its debug log has it. */
record ClientFiles(Optional<String> stringToSign, Optional<String> canonicalRequest) {
    private static final String STRING_TO_SIGN = "--client-string-to-sign";
    private static final String CANONICAL_REQUEST = "--client-canonical-request";

    static void addTo(CommandSpec spec) {
        spec.addOption(Options.text(
                STRING_TO_SIGN, "FILE", "A file with the string to sign of the client, to compare line by line."));
        spec.addOption(Options.text(CANONICAL_REQUEST, "FILE", "The same for its canonical request (V4)."));
    }

    static ClientFiles read(Line line) {
        return new ClientFiles(line.text(STRING_TO_SIGN), line.text(CANONICAL_REQUEST));
    }

    Explained.ClientForm form(Tools tools) throws CommandFailure {
        return new Explained.ClientForm(text(tools, stringToSign), text(tools, canonicalRequest));
    }

    /** Editors end a file with a line feed, and no form ends in one. */
    private static Optional<String> text(Tools tools, Optional<String> file) throws CommandFailure {
        if (file.isEmpty()) {
            return Optional.empty();
        }
        String text = new Input("Form", Explained.ClientForm.MAX_LENGTH)
                .fileOrInput(file.get(), tools)
                .replace("\r\n", "\n");
        return Optional.of(text.endsWith("\n") ? text.substring(0, text.length() - 1) : text);
    }
}
