package io.countersign.gateway.server;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntConsumer;

/**
 * Ends the process for what it does not survive: memory that ran out anywhere may have left an event loop dead, a lock held or a promise without an answer,
 * and what restarts the process cannot see that. Nothing is lost by it: what was acknowledged is on disk.
 */
final class Fatal {
    /** The exit code: an error of the software itself (sysexits.h, EX_SOFTWARE). */
    static final int CODE = 70;

    private static final System.Logger LOG = System.getLogger(Fatal.class.getName());

    private final IntConsumer end;
    private final AtomicBoolean over = new AtomicBoolean();

    /** @param end ends the process with a code, at once and whatever else is going on */
    Fatal(IntConsumer end) {
        this.end = end;
    }

    /** For this process. */
    static Fatal ofProcess() {
        return new Fatal(Runtime.getRuntime()::halt);
    }

    /** Ends the process if the failure is one that it does not survive; a stack that overflowed was only that call's. */
    void judge(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof VirtualMachineError && !(cause instanceof StackOverflowError)) {
                end("event=fatal error=" + cause.getClass().getName());
                return;
            }
        }
    }

    /** Ends the process. */
    void end(String line) {
        try {
            LOG.log(System.Logger.Level.ERROR, line);
        } finally {
            // Also when there is no memory to say it with.
            end.accept(CODE);
        }
    }

    /** The server goes: what ends from here on ends as it should. */
    void close() {
        over.set(true);
    }

    /** An event loop that ended before the server did answers nobody any more. */
    void loopEnded() {
        if (!over.get()) {
            end("event=fatal error=event-loop-ended");
        }
    }
}
