package io.countersign.registry.rotation;

import io.countersign.json.InvalidDocumentException;
import io.countersign.json.JsonText;
import io.countersign.json.Members;
import io.countersign.json.Values;
import io.countersign.registry.store.Item;
import io.countersign.registry.store.ItemKey;
import java.time.DateTimeException;
import java.time.Instant;

/** An event that is yet to be sent: written in the transaction of what it tells, and taken away when it has been sent. */
public final class OutboxItem {
    public static final String PARTITION = "outbox";

    private OutboxItem() {}

    public static ItemKey key(OutgoingEvent event) {
        return new ItemKey(PARTITION, Moment.text(event.time()) + "/" + event.id());
    }

    public static String text(OutgoingEvent event) {
        return JsonText.object(json -> json.put("id", event.id())
                .put("type", event.type())
                .put("time", event.time().toString())
                .put("detail", event.detail()));
    }

    /** @throws InvalidDocumentException when the payload is no event of this version of Countersign */
    public static OutgoingEvent read(Item item) throws InvalidDocumentException {
        Members members = Members.of(Values.parse(item.payload()));
        OutgoingEvent event = new OutgoingEvent(
                members.string("id"), members.string("type"), instant(members), members.string("detail"));
        members.done();
        return event;
    }

    private static Instant instant(Members members) throws InvalidDocumentException {
        try {
            return Instant.parse(members.string("time"));
        } catch (DateTimeException e) {
            throw new InvalidDocumentException(members.at(), "expected a moment in UTC");
        }
    }
}
