package io.countersign.gateway.cli;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import sun.misc.Signal;

/**
 * SIGHUP, by which an operator asks a running server for what it does at its start. Requests that come while one is carried out are carried out together, after it; the first may come
 * before the server is ready.
 */
final class Hangups {
    private static final long PATIENCE_SECONDS = 5;

    private final Semaphore asked = new Semaphore(0);

    /** From now on the signal ends the process no more. The JDK has no other way to take a signal, and a native executable has the same one. */
    static Hangups taken() {
        Hangups hangups = new Hangups();
        try {
            Signal.handle(new Signal("HUP"), signal -> hangups.ask());
        } catch (IllegalArgumentException e) {
            // The process was started with the signal ignored, as by nohup, or with -Xrs.
        }
        return hangups;
    }

    void ask() {
        asked.release();
    }

    /** Does the work once for what was asked so far and whenever it is asked from now on, on a thread of its own, until {@code running} lets go of it. */
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
