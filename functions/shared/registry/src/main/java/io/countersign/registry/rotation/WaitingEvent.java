package io.countersign.registry.rotation;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * An event in the outbox, and what came of sending it so far.
 *
 * @param refusals how often it was not taken
 * @param notBefore when it is tried again; empty for one that was never refused
 */
public record WaitingEvent(OutgoingEvent event, int refusals, Optional<Instant> notBefore) {
    /** After the first refusal; each further one doubles it. */
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);

    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);
    /** After the event: then it is tried once more, and laid aside if that fails too. */
    private static final Duration LONGEST_WAIT = Duration.ofDays(1);

    /** Of a process that did not run for a day. */
    private static final int FEWEST_TRIES = 5;

    private static final int MOST_DOUBLINGS = 10;

    /** One that was not tried yet. */
    public static WaitingEvent first(OutgoingEvent event) {
        return new WaitingEvent(event, 0, Optional.empty());
    }

    /** Whether its time has come. */
    public boolean isDue(Instant now) {
        return notBefore.isEmpty() || !notBefore.get().isAfter(now);
    }

    /** Whether it was not taken for so long, and was tried so often, that it is laid aside. */
    public boolean isUndeliverable(Instant now) {
        return refusals >= FEWEST_TRIES && !now.isBefore(end());
    }

    /** This event, which was not taken. */
    public WaitingEvent refused(Instant now) {
        Duration doubled = FIRST_PAUSE.multipliedBy(1L << Math.min(refusals, MOST_DOUBLINGS));
        Duration pause = doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
        Instant next = now.plus(pause);
        Instant until = now.isBefore(end()) && next.isAfter(end()) ? end() : next;
        return new WaitingEvent(event, refusals + 1, Optional.of(until));
    }

    private Instant end() {
        return event.time().plus(LONGEST_WAIT);
    }
}
