package io.countersign.gateway.cli;

import java.io.Console;
import java.io.InputStream;
import java.io.PrintStream;

/**
 * The standard streams of a command.
 *
 * @param interactive whether the output goes to a terminal, so that a secret may be shown once
 */
public record Terminal(InputStream in, PrintStream out, PrintStream err, boolean interactive) {
    /** The process's own streams. */
    public static Terminal system() {
        Console console = System.console();
        return new Terminal(System.in, System.out, System.err, console != null && console.isTerminal());
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
