package io.countersign.registry.rotation;

import io.countersign.json.InvalidDocumentException;
import io.countersign.json.JsonText;
import io.countersign.json.Members;
import io.countersign.json.Values;
import io.countersign.registry.store.Item;
import io.countersign.registry.store.ItemKey;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/** An event that is yet to be sent: written in the transaction of what it tells, and taken away when it has been sent. */
public final class OutboxItem {
    public static final String PARTITION = "outbox";

    /** Events that are tried no more: they were not taken for a day. They stay until they are tried again by hand. */
    public static final String DEAD = "outbox-dead";

    private OutboxItem() {}

    public static ItemKey key(OutgoingEvent event) {
        return new ItemKey(PARTITION, Moment.text(event.time()) + "/" + event.id());
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
}
