package io.countersign.gateway.cli;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import sun.misc.Signal;

/**
 * SIGHUP asks a running server to apply its manifest again. Signals that arrive during a run cause one more run after it; the first may arrive
 * before the server is ready.
 */
public final class Hangups {
    private static final long PATIENCE_SECONDS = 5;
    private static final Hangups OF_THIS_PROCESS = new Hangups();

    private final Semaphore asked = new Semaphore(0);

    /**
     * Those of this process. From the first call on SIGHUP does not end it, so the first is made before the manifest is read and anything is started. The JDK has no
     * supported API for signals; this one works in native executables too.
     */
    public static Hangups taken() {
        try {
            Signal.handle(new Signal("HUP"), signal -> OF_THIS_PROCESS.ask());
        } catch (IllegalArgumentException e) {
            // The process was started with the signal ignored, as by nohup, or with -Xrs.
        }
        return OF_THIS_PROCESS;
    }

    void ask() {
        asked.release();
    }

    /** Runs {@code work} once for the signals so far, and then for each signal, on a separate thread, until {@code running} is closed. */
    void serve(Runnable work, OpenedData.Running running) {
        Thread thread = Thread.ofPlatform().name("manifest").daemon().start(() -> {
            try {
                while (true) {
                    asked.acquire();
                    asked.drainPermits();
                    work.run();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        running.hold(() -> end(thread));
    }

    private static void end(Thread thread) {
        thread.interrupt();
        try {
            thread.join(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
