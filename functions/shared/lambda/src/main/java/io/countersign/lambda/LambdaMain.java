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

    /** @return an empty array when the thread has ended already */
    private static Thread[] pollThreads() {
        Thread[] all = new Thread[Thread.activeCount() + 16];
        return Arrays.stream(all, 0, Thread.enumerate(all))
                .filter(thread -> thread.getName().startsWith(POLL_THREAD))
                .toArray(Thread[]::new);
    }
}
