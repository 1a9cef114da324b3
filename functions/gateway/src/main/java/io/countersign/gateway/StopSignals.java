package io.countersign.gateway;

import java.util.List;
import sun.misc.Signal;

/** The signals by which a serving process is told to end. The JVM would end with the signal's number, as a process does that was broken off. */
final class StopSignals {
    private static final List<String> NAMES = List.of("TERM", "INT");

    private StopSignals() {}

    /** @param stop begins to end the process in order, and returns at once */
    static void take(Runnable stop) {
        for (String name : NAMES) {
            try {
                Signal.handle(new Signal(name), signal -> stop.run());
            } catch (IllegalArgumentException e) {
                // The process was started with this signal ignored, as in the background of a shell, or with -Xrs.
            }
        }
    }
}
