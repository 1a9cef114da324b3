package io.countersign.gateway.cli;

import io.countersign.gateway.guard.PrivateFace;
import io.countersign.gateway.guard.PrivateFaces;
import io.countersign.gateway.guard.PrivateTokens;
import io.countersign.gateway.guard.PrivateTokensFile;
import io.countersign.json.JsonText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/** {@code private-token}: makes the token by which one program calls private faces. */
record PrivateTokenCommand(String name, PrivateFaces faces, Optional<Path> out, boolean json) implements Operation {
    private static final String FACES = "--faces";
    private static final String OUT = "--out";
    private static final int BYTES = 32;

    static CommandSpec spec() {
        CommandSpec spec = Commands.command(
                "private-token",
                "Makes a token for a program that calls private faces: shows it once, and its line for the file of programs.",
                PrivateTokenCommand::read,
                "private-token storage --faces /verify,/acl");
        spec.addPositional(Options.operand("NAME", "The program, in letters, digits and ._-"));
        spec.addOption(
                Options.text(FACES, "PATHS", "The faces that it may call, with commas between them. Default: all."));
        spec.addOption(Options.path(
                OUT, "FILE", "A new file (mode 0600) for the token. Without it the token is shown at a terminal."));
        spec.addOption(Options.json());
        return spec;
    }

    private static Invocation read(Line line) throws Misuse {
        String name = line.operand();
        if (!PrivateTokensFile.NAME.matcher(name).matches()) {
            throw new Misuse("NAME is 1 to 64 letters, digits and ._-");
        }
        Optional<PrivateFaces> faces = line.text(FACES).map(PrivateFaces::of).orElse(Optional.of(PrivateFaces.ALL));
        if (faces.isEmpty()) {
            throw new Misuse(FACES + " is some of " + PrivateFace.paths() + " with commas between them, or *.");
        }
        return new PrivateTokenCommand(name, faces.get(), line.optionalPath(OUT), line.json());
    }

    @Override
    public void run(Tools tools) throws CommandFailure {
        if (out.isEmpty() && !tools.terminal().interactive()) {
            throw new CommandFailure(
                    "OutRequired",
                    "What is not a terminal may keep what it is shown; name a new file for the token with --out.");
        }
        byte[] random = new byte[BYTES];
        tools.random().nextBytes(random);
        String token = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
        if (out.isPresent()) {
            keep(token, out.get());
        }
        String programs = name + " " + faces.text() + " " + PrivateTokens.sha256(token);
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
                    "TokenNotWritten", "The file " + file + " exists or cannot be made; name another.", e);
        }
    }
}
