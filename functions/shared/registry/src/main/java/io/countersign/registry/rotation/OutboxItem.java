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

/** An event that is yet to be sent: written in the transaction of what it tells, and taken away when it has been sent. */
public final class OutboxItem {
    public static final String PARTITION = "outbox";

    /** Events that are tried no more: they were not taken for a day. They stay until they are tried again by hand. */
    public static final String DEAD = "outbox-dead";

    private OutboxItem() {}

    public static ItemKey key(OutgoingEvent event) {
        return new ItemKey(PARTITION, AuditItem.Moment.text(event.time()) + "/" + event.id());
    }

    public static String text(OutgoingEvent event) {
        return text(WaitingEvent.first(event));
    }

    /** With what came of sending it. */
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

    /** @throws InvalidDocumentException when the payload is no event of this version of Countersign */
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

    /**
     * An event that says what became of keys or sessions.
     *
     * @param id the same for the same fact, however often it is found: what receivers tell doubles by
     * @param type the {@code detail-type}
     * @param time when it was decided
     * @param detail JSON text; never a secret
     */
    public record OutgoingEvent(String id, String type, Instant time, String detail) {}
}
