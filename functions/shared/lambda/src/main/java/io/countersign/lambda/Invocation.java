package io.countersign.lambda;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What there is to say of one invocation.
 *
 * @param function its name, as {@code token}
 * @param face the path or the kind of event
 * @param storeTimes of each call of the store; none: everything was remembered
 * @param counts of what else was done, by name
 */
public record Invocation(
        String function,
        String face,
        String requestId,
        Instant at,
        Duration duration,
        Outcome outcome,
        List<Duration> storeTimes,
        Map<String, Integer> counts) {
    public Invocation {
        storeTimes = List.copyOf(storeTimes);
        counts = Map.copyOf(counts);
    }
}
