package io.countersign.gateway.cli;

import io.countersign.gateway.guard.PrivateEndpoint;
import io.countersign.gateway.guard.PrivateEndpoints;
import io.countersign.gateway.guard.PrivateTokens;
import io.countersign.gateway.guard.PrivateTokensFile;
import io.countersign.json.JsonText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;

/** {@code private-token}: creates a token with which one program calls private endpoints. */
record PrivateTokenCommand(String name, PrivateEndpoints endpoints, Optional<Path> out, boolean json)
        implements Invocation.Operation {
    private static final int BYTES = 32;

    static final class Options implements CommandTree.Options {
        private static final String FACES = "--faces";

        private final Argument<String> name;
        private final Argument<Optional<String>> endpoints;
        private final Argument<Optional<Path>> out;
        private final Argument<Boolean> json;

        Options(CommandDeclaration command) {
            command.describe(
                    "Create a token for a program that calls private endpoints. The token is shown once, with its line for"
                            + " the file that countersign.private.tokens names.",
                    "",
                    "Example:",
                    "  countersign private-token storage --faces /verify,/acl");
            name = command.operand("NAME", "The name of the program: 1 to 64 letters, digits and ._-");
            endpoints = command.optional(
                    FACES, "PATHS", "The endpoints that the program may call, separated by commas. Default: all.");
            out = command.optionalPath(
                    "--out",
                    "FILE",
                    "Write the token to this new file (mode 0600). Required unless standard output is a terminal.");
            json = command.flag(RegistryOptions.JSON, RegistryOptions.JSON_HELP);
        }

        @Override
        public PrivateTokenCommand read() throws CommandFailure.Misuse {
            if (!PrivateTokensFile.NAME.matcher(name.value()).matches()) {
                throw new CommandFailure.Misuse("NAME must be 1 to 64 letters, digits and ._-");
            }
            Optional<PrivateEndpoints> named = endpoints.value().isPresent()
                    ? PrivateEndpoints.of(endpoints.value().get())
                    : Optional.of(PrivateEndpoints.ALL);
            return new PrivateTokenCommand(
                    name.value(),
                    named.orElseThrow(() -> new CommandFailure.Misuse(
                            FACES + " must be some of " + PrivateEndpoint.paths() + ", separated by commas, or *.")),
                    out.value(),
                    json.value());
        }
    }

    @Override
    public void run(QuickCommands.Tools tools) throws CommandFailure {
        if (out.isEmpty() && !tools.terminal().interactive()) {
            throw new CommandFailure(
                    "OutRequired",
                    "Standard output is not a terminal and could store the token; name a new file for it with --out.");
        }
        byte[] random = new byte[BYTES];
        tools.random().nextBytes(random);
        String token = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
        if (out.isPresent()) {
            keep(token, out.get());
        }
        String programs = name + " " + endpoints.text() + " " + PrivateTokens.sha256(token);
        if (json) {
            tools.out().println(JsonText.object(made -> {
                out.ifPresentOrElse(file -> made.put("file", file.toString()), () -> made.put("token", token));
                made.put("line", programs);
            }));
        } else {
            tools.out()
                    .println(out.map(file -> "# The token is in " + file + " (mode 0600).")
                            .orElse("token: " + token));
            tools.out().println("# The next line goes into the file that countersign.private.tokens names.");
            tools.out().println(programs);
        }
    }

    private static void keep(String token, Path file) throws CommandFailure {
        try {
            PrivateFile.write(file, token);
        } catch (IOException e) {
            throw new CommandFailure(
                    "TokenNotWritten", "The file " + Echo.of(file) + " exists or cannot be created; name another.", e);
        }
    }
}
