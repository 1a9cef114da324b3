package io.countersign.gateway.cli;

import io.countersign.json.JsonText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Shows a new session once: at a terminal, or otherwise in a file that only its owner can read, because redirected output is often
 * stored.
 *
 * @param out the requested file; if empty and there is no terminal, a file in {@code directory}
 */
record MadeSession(QuickCommands.Tools tools, Path directory, Optional<Path> out, boolean json) {
    /** A session is not issued if it could not be stored. */
    void requireFree() throws CommandFailure {
        if (out.isPresent() && Files.exists(out.get())) {
            throw new CommandFailure("FileExists", "The file " + Echo.of(out.get()) + " exists; name another.");
        }
    }

    void show(String role, TokenCommand.AssumedSession session) throws CommandFailure {
        if (out.isPresent() || !tools.terminal().interactive()) {
            Path file = out.orElseGet(() -> PrivateFile.named(directory, "session", tools.now()));
            write(file, session.document(role));
            tools.out().println(json ? reference(role, session, file) : line(session, file));
        } else if (json) {
            tools.out().println(session.document(role));
        } else {
            tools.out().println("AccessKeyId: " + session.accessKeyId());
            tools.out().println("AccessKeySecret: " + session.accessKeySecret());
            tools.out().println("SecurityToken: " + session.securityToken());
            tools.out().println("Expiration: " + session.expiration());
        }
    }

    private static void write(Path file, String document) throws CommandFailure {
        try {
            PrivateFile.write(file, document);
        } catch (IOException e) {
            throw new CommandFailure(
                    "SessionNotWritten",
                    "A session was issued, but it could not be written to " + file
                            + " and is lost; name a file that can be created, and run the command again.",
                    e);
        }
    }

    private static String line(TokenCommand.AssumedSession session, Path file) {
        return "session " + session.accessKeyId() + " until " + session.expiration() + ", in " + file
                + " (mode 0600; move it to a safe place)";
    }

    private static String reference(String role, TokenCommand.AssumedSession session, Path file) {
        return JsonText.object(members -> members.put("role", role)
                .put("accessKeyId", session.accessKeyId())
                .put("expiration", session.expiration())
                .put("file", file.toString()));
    }
}
