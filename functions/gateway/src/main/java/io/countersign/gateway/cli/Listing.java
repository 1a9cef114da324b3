package io.countersign.gateway.cli;

import java.io.PrintStream;

/** Prints elements as they are found: a line for each and the total at the end, or one JSON array. */
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

    /** @param what the name of the elements, in the plural */
    void end(String what) {
        if (json) {
            out.println(printed == 0 ? "[]" : "\n]");
        } else {
            out.println(what + ": " + printed);
        }
    }
}
