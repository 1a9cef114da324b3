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

/**
 * The stored form of an intent: at most one for each owner, written before a key is requested and deleted in the
 * transaction that stores the key.
 */
public final class IntentItem {
    private IntentItem() {}

    public static ItemKey key(Owner owner) {
        return new ItemKey("intent/" + owner.label(), "intent");
    }

    public static String text(Intent intent) {
        return JsonText.object(
                json -> json.put("since", intent.since().toString()).put("by", intent.by()));
    }

    /** @throws InvalidDocumentException when this version of Countersign cannot read the payload as an intent */
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
     * Announces that a key of an owner is about to be made at another authority. An unknown key that is found there
     * afterwards is one whose secret was lost on the way.
     *
     * @param since by the clock of the process that makes the key, in whole seconds
     * @param by identifies that process, to distinguish two intents of one moment
     */
    public record Intent(Instant since, String by) {}
}
