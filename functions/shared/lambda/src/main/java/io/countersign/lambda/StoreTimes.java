package io.countersign.lambda;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Collects the durations of calls of the store. */
final class StoreTimes {
    private List<Duration> times = new ArrayList<>();

    synchronized void add(Duration time) {
        times.add(time);
    }

    /** Returns the durations since the last call of this method. */
    synchronized List<Duration> take() {
        List<Duration> taken = List.copyOf(times);
        times = new ArrayList<>();
        return taken;
    }
}
