package io.countersign.lambda;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** How long each call of the store took since this was last asked. */
final class StoreTimes {
    private List<Duration> times = new ArrayList<>();

    synchronized void add(Duration time) {
        times.add(time);
    }

    synchronized List<Duration> take() {
        List<Duration> taken = List.copyOf(times);
        times = new ArrayList<>();
        return taken;
    }
}
