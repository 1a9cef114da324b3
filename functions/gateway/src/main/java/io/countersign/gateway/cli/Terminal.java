package io.countersign.gateway.cli;

import java.io.BufferedOutputStream;
import java.io.Console;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The standard streams of a command.
 *
 * @param interactive whether the output goes to a terminal, so that a secret may be shown once
 */
public record Terminal(InputStream in, PrintStream out, PrintStream err, boolean interactive) {
    /** The process's own streams. */
    public static Terminal system() {
        Console console = System.console();
        return new Terminal(System.in, output(), System.err, console != null && console.isTerminal());
    }

    /** A file that does not take the output has lost it. Who closes a pipe, as {@code head} does, has read what they want: a pipe never has an error. */
    private static PrintStream output() {
        // The stream between the two takes what System.out does not write.
        return Files.isRegularFile(Path.of("/dev/stdout"))
                ? System.out
                : new PrintStream(new BufferedOutputStream(System.out), true, System.out.charset());
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
