package io.countersign.gateway.cli;

import java.io.BufferedOutputStream;
import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/**
 * The standard streams of a command.
 *
 * @param interactive whether the output goes to a terminal, so that a secret may be shown once
 */
public record Terminal(InputStream in, PrintStream out, PrintStream err, boolean interactive) {
    /** Of a mode (inode(7)). */
    private static final int TYPE = 0xf000;

    private static final int PIPE = 0x1000;
    private static final int SOCKET = 0xc000;

    /** The process's own streams. */
    public static Terminal system() {
        Console console = System.console();
        return new Terminal(System.in, output(), System.err, console != null && console.isTerminal());
    }

    /** A file or a device that does not take the output has lost it. Who closes a pipe, as {@code head} does, has read what they want: a pipe never has an error. */
    private static PrintStream output() {
        // The stream between the two takes what System.out does not write.
        return isPipe(Path.of("/dev/stdout"))
                ? new PrintStream(new BufferedOutputStream(System.out), true, System.out.charset())
                : System.out;
    }

    /** Whether it is a pipe or a socket; where the system does not tell, whatever is no file. */
    private static boolean isPipe(Path out) {
        try {
            int type = (Integer) Objects.requireNonNull(Files.getAttribute(out, "unix:mode")) & TYPE;
            return type == PIPE || type == SOCKET;
        } catch (IOException | UnsupportedOperationException e) {
            return !Files.isRegularFile(out);
        }
    }

    /** Prints an error as one line on standard error. */
    void refuse(String message) {
        note("countersign: " + message);
    }

    /** Prints one line on standard error. */
    void note(String message) {
        err.println(message.replaceAll("\\p{Cntrl}+", " "));
    }
}
