package io.countersign.registry.rotation;

import io.countersign.json.InvalidDocumentException;
import io.countersign.json.JsonText;
import io.countersign.json.Members;
import io.countersign.json.Value;
import io.countersign.json.Values;
import io.countersign.registry.Owner;
import io.countersign.registry.store.Item;
import io.countersign.registry.store.ItemKey;
import java.time.DateTimeException;
import java.time.Instant;

/** An intent in the table: one of each owner, written before a key is asked for and taken away in the transaction that stores it. */
public final class IntentItem {
    private IntentItem() {}

    public static ItemKey key(Owner owner) {
        return new ItemKey("intent/" + owner.label(), "intent");
    }

    public static String text(Intent intent) {
        return JsonText.object(
                json -> json.put("since", intent.since().toString()).put("by", intent.by()));
    }

    /** @throws InvalidDocumentException when the payload is no intent of this version of Countersign */
    public static Intent read(Item item) throws InvalidDocumentException {
        Members members = Members.of(Values.parse(item.payload()));
        Value since = members.required("since");
        try {
            Intent intent = new Intent(Instant.parse(Members.string(since)), members.string("by"));
            members.done();
            return intent;
        } catch (DateTimeException e) {
            throw new InvalidDocumentException(since.at(), "expected a moment in UTC");
        }
    }

    /**
     * That a key of an owner is about to be made elsewhere: a key that is found there afterwards and that nobody knows is one whose secret was lost on the way.
     *
     * @param since by the clock of whoever makes the key, to the second
     * @param by who is about to make it: tells two intents of one moment apart
     */
    public record Intent(Instant since, String by) {}
}
