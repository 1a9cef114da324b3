package io.countersign.registry.dynamodb;

import io.countersign.registry.FormatItem;
import io.countersign.registry.store.Condition;
import io.countersign.registry.store.Item;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.registry.store.Write;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The format of a table, stored in a record of its own. A table without that record is of format 1, whose records may
 * have no checksum. The record is read with the first records of a process, and no more once it has the format of this
 * program.
 */
enum TableFormat {
    /** Not read yet. */
    UNKNOWN,
    WITHOUT_CHECKSUMS,
    CURRENT;

    /** The format of this program. */
    static final int NUMBER = 2;

    /** Whether the format has to be read. */
    boolean isOpen() {
        return this != CURRENT;
    }

    /**
     * Returns the format that the mark contains.
     *
     * @param mark the attributes of the format record; empty when there is none
     * @throws StoreUnavailable when the table is of a newer format, or the mark is damaged
     */
    static TableFormat of(String table, Optional<Map<String, AttributeValue>> mark) throws StoreUnavailable {
        return mark.isEmpty() ? WITHOUT_CHECKSUMS : marked(table, Attributes.item(mark.get(), CURRENT));
    }

    /** Returns the write that sets a table to this format. */
    static Write.Put put() {
        return new Write.Put(FormatItem.KEY, FormatItem.text(NUMBER), Optional.empty(), Condition.absent());
    }

    private static TableFormat marked(String table, Item mark) throws StoreUnavailable {
        long number =
                FormatItem.read(mark).orElseThrow(() -> StoreUnavailable.UnreadableRecord.damaged(FormatItem.KEY));
        if (number > NUMBER) {
            throw new StoreUnavailable("the table " + table + " has the format " + number
                    + " and this Countersign knows formats up to " + NUMBER
                    + "; use the version of Countersign that upgraded it, or a later one");
        }
        return number == NUMBER ? CURRENT : WITHOUT_CHECKSUMS;
    }
}
