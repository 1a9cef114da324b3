package io.countersign.gateway.cli;

import io.countersign.gateway.explain.transcript.Exchange;
import io.countersign.gateway.explain.transcript.Transcript;
import io.countersign.oss.Headers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/**
 * A failing request on the command line: by its parts, or in a file.
 *
 * @param operand a URL, a file's path, or {@code -}
 */
record FailedLine(String operand, Optional<String> method, Headers headers) {
    private static final String METHOD = "--method";
    private static final String HEADER = "--header";
    private static final int MAX_BYTES = 4 * Transcript.MAX_LENGTH;

    static void addTo(CommandSpec spec) {
        spec.addPositional(
                Options.operand(
                        "REQUEST",
                        "Its URL, or a file with what curl -v printed, a HAR entry, an error's XML or an SDK's exception; - reads standard input."));
        spec.addOption(Options.text(METHOD, "VERB", "With a URL: how it was sent (GET)."));
        spec.addOption(Options.texts(HEADER, "NAME:VALUE", "With a URL: a header that was sent; may be repeated."));
    }

    static FailedLine read(Line line) throws Misuse {
        FailedLine failed = new FailedLine(line.operand(), line.text(METHOD), headers(line.texts(HEADER)));
        if (failed.hasParts() && !failed.isUrl()) {
            throw new Misuse(METHOD + " and " + HEADER + " go with a URL; a file has them in it.");
        }
        return failed;
    }

    private static Headers headers(List<String> texts) throws Misuse {
        List<Headers.HeaderField> fields = new ArrayList<>();
        for (String text : texts) {
            int colon = text.indexOf(':');
            if (colon < 1) {
                throw new Misuse(HEADER + " is a name and a value such as Content-Type:image/jpeg.");
            }
            fields.add(new Headers.HeaderField(
                    text.substring(0, colon), text.substring(colon + 1).stripLeading()));
        }
        return new Headers(fields);
    }

    boolean isStandardInput() {
        return operand.equals(Input.STANDARD_INPUT);
    }

    private boolean hasParts() {
        return method.isPresent() || !headers.fields().isEmpty();
    }

    private boolean isUrl() {
        return Transcript.isUrl(operand);
    }

    Transcript.Pasted pasted(Tools tools) throws CommandFailure {
        if (hasParts()) {
            return Exchange.of(method.orElse("GET"), operand, headers);
        }
        try {
            return Transcript.parse(isUrl() ? operand : new Input("Request", MAX_BYTES).fileOrInput(operand, tools));
        } catch (Exchange.InvalidTranscript e) {
            throw new CommandFailure("NoRequest", String.valueOf(e.getMessage()), e);
        }
    }
}
