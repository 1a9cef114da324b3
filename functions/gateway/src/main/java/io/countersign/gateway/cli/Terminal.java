package io.countersign.gateway.cli;

import java.io.Console;
import java.io.PrintStream;

/**
 * Where a command writes.
 *
 * @param interactive whether a person reads it as it is written, so that a secret may be shown once
 */
public record Terminal(PrintStream out, PrintStream err, boolean interactive) {
    /** The process's own streams. */
    public static Terminal system() {
        Console console = System.console();
        return new Terminal(System.out, System.err, console != null && console.isTerminal());
    }

    /** One line on standard error. */
    void refuse(String message) {
        err.println("countersign: " + message.replaceAll("\\p{Cntrl}+", " "));
    }
}
