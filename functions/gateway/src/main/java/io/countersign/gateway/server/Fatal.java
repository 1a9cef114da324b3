package io.countersign.gateway.server;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;

/**
 * Ends the process after an error that it cannot recover from. An {@link OutOfMemoryError} in any thread may leave an event loop dead, a lock held or a request
 * without a reply, and a supervisor cannot detect that from outside. No data is lost, because acknowledged writes are on disk.
 */
final class Fatal {
    /** The exit code: an internal software error (EX_SOFTWARE of sysexits.h). */
    static final int CODE = 70;

    private static final System.Logger LOG = System.getLogger(Fatal.class.getName());

    private final IntConsumer exit;
    private final BooleanSupplier ending;
    private final AtomicBoolean closing = new AtomicBoolean();

    /**
     * @param exit ends the process with this code immediately, without shutdown hooks
     * @param ending whether the process is ending already
     */
    Fatal(IntConsumer exit, BooleanSupplier ending) {
        this.exit = exit;
        this.ending = ending;
    }

    /** Creates one that halts this process. */
    static Fatal ofProcess() {
        return new Fatal(Runtime.getRuntime()::halt, ProcessEnd::isUnderWay);
    }

    /** Ends the process when the failure or one of its causes is a virtual machine error. A stack overflow affects only its own call and is excluded. */
    void check(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof VirtualMachineError && !(cause instanceof StackOverflowError)) {
                end("event=fatal error=" + cause.getClass().getName());
                return;
            }
        }
    }

    /** Logs the line and ends the process. */
    void end(String line) {
        try {
            LOG.log(System.Logger.Level.ERROR, line);
        } finally {
            // Exits even when there is not enough memory to log.
            exit.accept(CODE);
        }
    }

    /** Records that the server is closing, so that event loops may end. */
    void close() {
        closing.set(true);
    }

    /**
     * Ends the process when an event loop ended before the server closed, because its connections would get no reply. A signal during the start ends the loops before
     * anybody closes the server.
     */
    void loopEnded() {
        if (!closing.get() && !ending.getAsBoolean()) {
            end("event=fatal error=event-loop-ended");
        }
    }
}
