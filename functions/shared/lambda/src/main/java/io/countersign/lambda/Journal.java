package io.countersign.lambda;

import java.io.PrintStream;
import java.util.function.Consumer;

/** Where the line of each invocation goes. */
final class Journal {
    private Journal() {}

    /** Standard output, which Lambda sends to CloudWatch line by line. Whole lines only, as other threads may write too. */
    static Consumer<Invocation> standardOutput() {
        PrintStream out = System.out;
        return invocation -> {
            out.println(InvocationLine.of(invocation));
            out.flush();
        };
    }
}
