package io.countersign.gateway.cli;

import io.countersign.gateway.explain.transcript.Exchange;
import io.countersign.gateway.explain.transcript.Transcript;
import io.countersign.oss.Headers;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A failing request, described by options or in a file.
 *
 * @param operand a URL or another text of a request, a file's path, or {@code -}
 */
record FailedLine(String operand, Optional<String> method, Headers headers) {
    private static final String METHOD = "--method";
    private static final String HEADER = "--header";
    private static final Input INPUT = new Input("Request", 4 * Transcript.MAX_LENGTH);

    /** The options that describe the request. */
    static final class Options {
        private final Argument<String> operand;
        private final Argument<Optional<String>> method;
        private final Argument<List<String>> headers;

        Options(Arguments command) {
            operand = command.operand(
                    "REQUEST",
                    "The URL of the request, or its curl or wget command in quotes, or a file with the output of curl -v, a HAR entry, an XML error or the exception"
                            + " of an SDK; - reads standard input.");
            method = command.optional(METHOD, "VERB", "The method of the request. Only with a URL. Default: GET.");
            headers = command.repeated(
                    HEADER, "NAME:VALUE", "A header of the request. Only with a URL. Can be repeated.");
        }

        FailedLine read() throws CommandFailure.Misuse {
            FailedLine failed = new FailedLine(operand.value(), method.value(), FailedLine.headers(headers.value()));
            if (failed.hasParts() && !failed.isUrl()) {
                throw new CommandFailure.Misuse(
                        METHOD + " and " + HEADER + " are only for a URL without blanks; omit them for a file.");
            }
            return failed;
        }
    }

    private static Headers headers(List<String> texts) throws CommandFailure.Misuse {
        List<Headers.HeaderField> fields = new ArrayList<>();
        for (String text : texts) {
            int colon = text.indexOf(':');
            if (colon < 1) {
                throw new CommandFailure.Misuse(
                        HEADER + " must be a name and a value such as Content-Type:image/jpeg.");
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

    Transcript.Pasted pasted(QuickCommands.Tools tools) throws CommandFailure {
        if (hasParts()) {
            return Exchange.of(method.orElse("GET"), operand, headers);
        }
        Optional<Transcript.Pasted> argument = isStandardInput() ? Optional.empty() : pastedArgument();
        return argument.isPresent() ? argument.get() : parsed(INPUT.fileOrInput(operand, tools));
    }

    /** Empty for the name of a file. What holds a URL never is one, and what looks like another text of a request only where there is such a file. */
    private Optional<Transcript.Pasted> pastedArgument() throws CommandFailure {
        boolean request = Transcript.holdsUrl(operand);
        if (!request && isFile()) {
            return Optional.empty();
        }
        try {
            return Optional.of(parsed(operand));
        } catch (CommandFailure e) {
            if (request || Echo.hides(operand)) {
                throw e;
            }
            return Optional.empty();
        }
    }

    /** Whether there is such a file, or the operand is one word without the marks of a document. */
    private boolean isFile() {
        try {
            return operand.chars().noneMatch(c -> " \n<{".indexOf(c) >= 0) && !Echo.hides(operand)
                    || Files.exists(Path.of(operand));
        } catch (InvalidPathException e) {
            return false;
        }
    }

    private static Transcript.Pasted parsed(String text) throws CommandFailure {
        try {
            return Transcript.parse(text);
        } catch (Exchange.InvalidTranscript e) {
            throw new CommandFailure("NoRequest", String.valueOf(e.getMessage()), e);
        }
    }
}
