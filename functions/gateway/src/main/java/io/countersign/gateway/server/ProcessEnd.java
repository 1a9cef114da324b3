package io.countersign.gateway.server;

/** Whether this process is ending already, by a signal or by itself. */
public final class ProcessEnd {
    private ProcessEnd() {}

    /** Whether shutdown hooks run. The JVM tells it only by refusing another hook. */
    public static boolean isUnderWay() {
        Thread hook = Thread.ofPlatform().unstarted(() -> {});
        try {
            Runtime.getRuntime().addShutdownHook(hook);
            return !Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            return true;
        }
    }
}
