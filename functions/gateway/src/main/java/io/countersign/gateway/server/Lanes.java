package io.countersign.gateway.server;

import java.util.EnumMap;
import java.util.Map;

/** The threads of every lane. */
final class Lanes {
    private static final int OF_HEALTH = 2;
    private static final int BULK_QUEUE = 256;

    private final Map<Lane, Workers> lanes = new EnumMap<>(Lane.class);

    /**
     * @param threads of the open faces, and as many of the private ones
     * @param queue calls that may wait in each of these two lanes
     * @param bulk calls with a large body that are worked on at once
     */
    Lanes(int threads, int queue, int bulk) {
        lanes.put(Lane.OPEN, new Workers("open", threads, queue));
        lanes.put(Lane.PRIVATE, new Workers("private", threads, queue));
        lanes.put(Lane.BULK, new Workers("bulk", bulk, BULK_QUEUE));
        lanes.put(Lane.HEALTH, new Workers("health", OF_HEALTH, queue));
    }

    /** Whether the work was taken; false: too much is waiting in that lane already, or the server is closing. */
    boolean offer(Lane lane, Runnable work) {
        Workers workers = lanes.get(lane);
        return workers != null && workers.offer(work);
    }

    /**
     * Takes no more work anywhere, lets what was taken finish, and interrupts it when the time is over.
     *
     * @param nanos how long at most
     */
    void close(long nanos) {
        long end = System.nanoTime() + nanos;
        lanes.values().forEach(Workers::refuse);
        lanes.values().forEach(workers -> workers.close(end - System.nanoTime()));
    }
}
