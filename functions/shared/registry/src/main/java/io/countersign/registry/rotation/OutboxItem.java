package io.countersign.registry.rotation;

import io.countersign.json.InvalidDocumentException;
import io.countersign.json.JsonText;
import io.countersign.json.Members;
import io.countersign.json.Values;
import io.countersign.registry.store.Item;
import io.countersign.registry.store.ItemKey;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The stored form of an event that is to be sent: written in the transaction that it reports, and deleted after it was
 * sent.
 */
public final class OutboxItem {
    public static final String PARTITION = "outbox";

    /**
     * The partition of events that were not accepted for a day and are not sent again automatically. An operator can
     * send them again.
     */
    public static final String DEAD = "outbox-dead";

    private OutboxItem() {}

    public static ItemKey key(OutgoingEvent event) {
        return new ItemKey(PARTITION, AuditItem.Moment.text(event.time()) + "/" + event.id());
    }

    public static String text(OutgoingEvent event) {
        return text(WaitingEvent.first(event));
    }

    /** The payload of an event with its delivery state. */
    public static String text(WaitingEvent waiting) {
        OutgoingEvent event = waiting.event();
        return JsonText.object(json -> {
            json.put("id", event.id())
                    .put("type", event.type())
                    .put("time", event.time().toString())
                    .put("detail", event.detail());
            waiting.notBefore()
                    .ifPresent(
                            moment -> json.put("refusals", waiting.refusals()).put("notBefore", moment.toString()));
        });
    }

    /** @throws InvalidDocumentException when this version of Countersign cannot read the payload as an event */
    public static WaitingEvent read(Item item) throws InvalidDocumentException {
        Members members = Members.of(Values.parse(item.payload()));
        OutgoingEvent event = new OutgoingEvent(
                members.string("id"), members.string("type"), instant(members, "time"), members.string("detail"));
        boolean refused = members.has("notBefore");
        WaitingEvent waiting = refused
                ? new WaitingEvent(
                        event,
                        (int) members.optionalInteger("refusals", 1, Integer.MAX_VALUE)
                                .orElse(1),
                        Optional.of(instant(members, "notBefore")))
                : WaitingEvent.first(event);
        members.done();
        return waiting;
    }

    private static Instant instant(Members members, String name) throws InvalidDocumentException {
        try {
            return Instant.parse(members.string(name));
        } catch (DateTimeException e) {
            throw new InvalidDocumentException(members.at(), "expected a moment in UTC");
        }
    }

    /**
     * An event in the outbox with its delivery state.
     *
     * @param refusals how often it was not accepted
     * @param notBefore the earliest moment of the next attempt; empty for an event that was never refused
     */
    public record WaitingEvent(OutgoingEvent event, int refusals, Optional<Instant> notBefore) {
        /** The pause after the first refusal. Each further one doubles it. */
        private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);

        private static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);
        /**
         * Measured from the event. After it the event is sent once more, and becomes undeliverable if that fails too.
         */
        private static final Duration LONGEST_WAIT = Duration.ofDays(1);

        /** Protects the events of a process that did not run for a day. */
        private static final int MIN_ATTEMPTS = 5;

        private static final int MOST_DOUBLINGS = 10;

        /** An event that was not sent yet. */
        public static WaitingEvent first(OutgoingEvent event) {
            return new WaitingEvent(event, 0, Optional.empty());
        }

        /** Whether the next attempt is due. */
        public boolean isDue(Instant now) {
            return notBefore.isEmpty() || !notBefore.get().isAfter(now);
        }

        /** Whether it was refused for so long and so often that no further attempt is made. */
        public boolean isUndeliverable(Instant now) {
            return refusals >= MIN_ATTEMPTS && !now.isBefore(end());
        }

        /** Returns this event after a refusal. */
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

    /**
     * An event that reports a change of keys or sessions.
     *
     * @param id the same for the same fact however often it is found, so that receivers can drop duplicates
     * @param type the {@code detail-type}
     * @param time when the change was decided
     * @param detail JSON text; never a secret
     */
    public record OutgoingEvent(String id, String type, Instant time, String detail) {}
}
