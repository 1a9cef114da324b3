package io.countersign.gateway.server;

import java.util.EnumMap;
import java.util.Map;

/** The thread pools of all lanes. */
final class Lanes {
    private static final int HEALTH_THREADS = 2;
    private static final int BULK_QUEUE = 256;

    private final Map<Lane, Workers> lanes = new EnumMap<>(Lane.class);

    /**
     * Creates the pools.
     *
     * @param threads the number of threads for public endpoints, and again for private ones and for the store port
     * @param queue the number of requests that may wait in each of these lanes and in the health lane
     * @param bulk the number of bulk requests handled concurrently
     */
    Lanes(int threads, int queue, int bulk) {
        lanes.put(Lane.OPEN, new Workers("open", threads, queue));
        lanes.put(Lane.PRIVATE, new Workers("private", threads, queue));
        lanes.put(Lane.STORE, new Workers("store", threads, queue));
        lanes.put(Lane.BULK, new Workers("bulk", bulk, BULK_QUEUE));
        lanes.put(Lane.HEALTH, new Workers("health", HEALTH_THREADS, queue));
    }

    /** Submits work; returns false when the queue of the lane is full or the server is closing. */
    boolean offer(Lane lane, Runnable work) {
        Workers workers = lanes.get(lane);
        return workers != null && workers.offer(work);
    }

    /**
     * Refuses new work in all lanes, waits for accepted work to finish, and interrupts it when the time is over.
     *
     * @param nanos the maximum time, in nanoseconds
     */
    void close(long nanos) {
        long end = System.nanoTime() + nanos;
        lanes.values().forEach(Workers::refuse);
        lanes.values().forEach(workers -> workers.close(end - System.nanoTime()));
    }
}
