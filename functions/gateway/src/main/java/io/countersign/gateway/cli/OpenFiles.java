package io.countersign.gateway.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** How many files and connections this process may have open at once. With too few the runtime ends somewhere in its start, without a word. */
public final class OpenFiles {
    /** A server that is ready has some 100 open, and a few for each reader of the registry. */
    static final int NEEDED = 256;

    /** Where Linux tells a process its limits (proc(5)); other systems have no such file. */
    private static final Path LIMITS = Path.of("/proc/self/limits");

    private static final String NAME = "Max open files";

    private OpenFiles() {}

    /** @throws CommandFailure when they are too few to serve */
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
            // Not told: the start itself shows it.
            return List.of();
        }
    }
}
