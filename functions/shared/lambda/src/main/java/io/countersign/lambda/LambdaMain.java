package io.countersign.lambda;

import io.quarkus.runtime.ApplicationLifecycleManager;
import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.runtime.annotations.QuarkusMain;
import jakarta.inject.Singleton;
import java.util.Arrays;

/**
 * The main of an executable: the process lives as long as the thread that polls Lambda for events, and ends with status 1 when that thread does. Quarkus itself would keep
 * the process, which then takes no event, and Lambda replaces only processes that have ended. On the JVM Lambda's own runtime has the main, and this is not run.
 */
@QuarkusMain
@Singleton
public final class LambdaMain implements QuarkusApplication {
    /** How {@code AbstractLambdaPollLoop} names its thread; the launch mode follows. */
    private static final String POLL_THREAD = "Lambda Thread (";

    private static final System.Logger LOG = System.getLogger(LambdaMain.class.getName());
    private static final int FAILED = 1;

    /** @return only when the process was told to end, by a signal */
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
                // No orderly shutdown: it needs memory, which may be what the thread died of.
                Runtime.getRuntime().halt(FAILED);
            }
        }
        return 0;
    }

    /** @return none when it has ended already */
    private static Thread[] pollThreads() {
        Thread[] all = new Thread[Thread.activeCount() + 16];
        return Arrays.stream(all, 0, Thread.enumerate(all))
                .filter(thread -> thread.getName().startsWith(POLL_THREAD))
                .toArray(Thread[]::new);
    }
}
