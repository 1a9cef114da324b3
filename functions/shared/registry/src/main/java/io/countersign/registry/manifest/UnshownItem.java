package io.countersign.registry.manifest;

import io.countersign.json.InvalidDocumentException;
import io.countersign.json.JsonText;
import io.countersign.json.Members;
import io.countersign.json.Values;
import io.countersign.registry.store.Item;
import io.countersign.registry.store.ItemKey;

/** A made key that was not shown yet, in the table: written by the transaction that makes the key, gone when it was shown or is deleted. */
final class UnshownItem {
    static final String PARTITION = "unshown";

    private UnshownItem() {}

    static ItemKey key(String accessKeyId) {
        return new ItemKey(PARTITION, accessKeyId);
    }

    static String text(String place) {
        return JsonText.object(json -> json.put("place", place));
    }

    static UnshownKey read(Item item) throws InvalidDocumentException {
        Members members = Members.of(Values.parse(item.payload()));
        UnshownKey key = new UnshownKey(item.key().sort(), members.string("place"));
        members.done();
        return key;
    }
}
