package io.countersign.gateway.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The limit of open files and connections of this process. If it is too low, the runtime exits while it starts, without a message. */
public final class OpenFiles {
    /** A server has about 190 files open when it is ready, most of them jars, and a few more for each reader of the registry. */
    static final int NEEDED = 384;

    /** The limits of the process on Linux (proc(5)); other systems do not have this file. */
    private static final Path LIMITS = Path.of("/proc/self/limits");

    private static final String NAME = "Max open files";

    private OpenFiles() {}

    /** @throws CommandFailure if the limit is too low to serve */
    public static void require() throws CommandFailure {
        require(LIMITS);
    }

    static void require(Path limits) throws CommandFailure {
        for (String line : lines(limits)) {
            if (line.startsWith(NAME)) {
                // The soft limit, the hard one, the unit; a JVM has raised the first to the second by now.
                String soft = line.substring(NAME.length()).strip().split("\\s+", 2)[0];
                if (soft.matches("[0-9]{1,9}") && Integer.parseInt(soft) < NEEDED) {
                    throw new CommandFailure(
                            "TooFewOpenFiles",
                            "This process may have " + soft + " open files, and a server needs " + NEEDED
                                    + " and one for each connection; raise the limit (ulimit -n 4096, or LimitNOFILE= in a systemd unit).");
                }
            }
        }
    }

    private static List<String> lines(Path limits) {
        try {
            return Files.exists(limits) ? Files.readAllLines(limits) : List.of();
        } catch (IOException e) {
            // Unknown: starting shows it.
            return List.of();
        }
    }
}
