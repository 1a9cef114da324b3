package io.countersign.gateway.cli;

import java.io.PrintStream;

/** Prints any number of things as they are found: a line for each and their number at the end, or one JSON array. */
final class Listing {
    private final PrintStream out;
    private final boolean json;
    private long printed;

    Listing(QuickCommands.Tools tools, boolean json) {
        this.out = tools.out();
        this.json = json;
    }

    /** @param element the text of one JSON value */
    void add(String line, String element) {
        if (json) {
            out.print((printed == 0 ? "[\n" : ",\n") + element);
        } else {
            out.println(line);
        }
        printed++;
    }

    /** @param what they are, in the plural */
    void end(String what) {
        if (json) {
            out.println(printed == 0 ? "[]" : "\n]");
        } else {
            out.println(what + ": " + printed);
        }
    }
}
