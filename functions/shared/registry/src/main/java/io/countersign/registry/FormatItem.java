package io.countersign.registry;

import io.countersign.json.InvalidDocumentException;
import io.countersign.json.JsonText;
import io.countersign.json.Members;
import io.countersign.json.Values;
import io.countersign.registry.store.Item;
import io.countersign.registry.store.ItemKey;
import java.util.OptionalLong;

/** The record that holds the format of a table. */
public final class FormatItem {
    public static final ItemKey KEY = new ItemKey("format", "format");

    private FormatItem() {}

    public static String text(int number) {
        return JsonText.object(json -> json.put("format", number));
    }

    /** The number of the format; empty when the record names none. */
    public static OptionalLong read(Item item) {
        try {
            return OptionalLong.of(
                    Members.integer(Members.of(Values.parse(item.payload())).required("format"), 1, Integer.MAX_VALUE));
        } catch (InvalidDocumentException e) {
            return OptionalLong.empty();
        }
    }
}
