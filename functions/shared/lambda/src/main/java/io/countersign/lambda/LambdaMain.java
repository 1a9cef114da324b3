package io.countersign.lambda;

import io.quarkus.runtime.ApplicationLifecycleManager;
import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.runtime.annotations.QuarkusMain;
import jakarta.inject.Singleton;
import java.util.Arrays;

/**
 * The main of a native executable. The process ends with status 1 when the thread that polls Lambda for events ends: Quarkus would keep a process that takes no
 * further event, and Lambda replaces only processes that have ended. On the JVM, Lambda's runtime has the main, and this class does not run.
 */
@QuarkusMain
@Singleton
public final class LambdaMain implements QuarkusApplication {
    /** The prefix that {@code AbstractLambdaPollLoop} gives its thread's name; the launch mode follows it. */
    private static final String POLL_THREAD = "Lambda Thread (";

    private static final System.Logger LOG = System.getLogger(LambdaMain.class.getName());
    private static final int FAILED = 1;
    /** Less than the 10 seconds that Lambda gives the start of a function. */
    private static final int PATIENCE_MILLIS = 2_000;

    /** @return when a signal ends the process, and only then */
    @Override
    public int run(String... arguments) throws InterruptedException {
        try {
            for (Thread thread : pollThreads()) {
                thread.join();
            }
            if (!ApplicationLifecycleManager.isVmShuttingDown()) {
                LOG.log(System.Logger.Level.ERROR, "event=pollThreadEnded");
            }
        } finally {
            if (!ApplicationLifecycleManager.isVmShuttingDown()) {
                // An orderly shutdown needs memory, and the lack of it may have ended the thread.
                Runtime.getRuntime().halt(FAILED);
            }
        }
        return 0;
    }

    /**
     * Waits until the thread is there: an executable lists a thread only once it runs, which may be after its {@code start} has returned.
     *
     * @return an empty array when the thread has ended already
     */
    static Thread[] pollThreads() throws InterruptedException {
        Thread[] found = listed();
        for (int waited = 0; found.length == 0 && waited < PATIENCE_MILLIS; waited++) {
            Thread.sleep(1);
            found = listed();
        }
        return found;
    }

    private static Thread[] listed() {
        Thread[] all = new Thread[Thread.activeCount() + 16];
        return Arrays.stream(all, 0, Thread.enumerate(all))
                .filter(thread -> thread.getName().startsWith(POLL_THREAD))
                .toArray(Thread[]::new);
    }
}
