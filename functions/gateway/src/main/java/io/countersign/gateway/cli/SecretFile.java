package io.countersign.gateway.cli;

import io.countersign.signing.Secret;

/** An access key's secret in a file of its own, or on standard input: arguments are for everybody on the machine to see. */
final class SecretFile {
    private SecretFile() {}

    /** @param file its path, or {@code -}; the line end that editors put at its end is no part of the secret */
    static Secret read(Tools tools, String file) throws CommandFailure {
        String text = new Input("Secret", Secret.MAX_LENGTH + 2).fileOrInput(file, tools);
        String secret = text.endsWith("\r\n")
                ? text.substring(0, text.length() - 2)
                : text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
        if (secret.isEmpty() || secret.length() > Secret.MAX_LENGTH) {
            throw new CommandFailure(
                    "InvalidSecret",
                    "The secret has 1 to " + Secret.MAX_LENGTH + " characters; put it alone into the file.");
        }
        return Secret.of(secret);
    }
}
