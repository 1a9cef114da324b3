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
 * Which format a table has. A record of its own says so; a table without it is of format 1, whose records may have no checksum. The mark is read with the first records that a process
 * reads, and once it says the format of this program it is not read again.
 */
enum TableFormat {
    /** Not asked yet. */
    UNKNOWN,
    WITHOUT_CHECKSUMS,
    CURRENT;

    /** Of this program. */
    static final int NUMBER = 2;

    /** Whether the mark has to be asked for. */
    boolean isOpen() {
        return this != CURRENT;
    }

    /**
     * What a table is by its mark.
     *
     * @param mark as it stands in the table; empty when there is none
     * @throws StoreUnavailable when the table is of a newer format, or the mark is damaged
     */
    static TableFormat of(String table, Optional<Map<String, AttributeValue>> mark) throws StoreUnavailable {
        return mark.isEmpty() ? WITHOUT_CHECKSUMS : marked(table, Attributes.item(mark.get(), CURRENT));
    }

    /** The write that marks a table as one of this format. */
    static Write.Put put() {
        return new Write.Put(FormatItem.KEY, FormatItem.text(NUMBER), Optional.empty(), Condition.absent());
    }

    private static TableFormat marked(String table, Item mark) throws StoreUnavailable {
        long number =
                FormatItem.read(mark).orElseThrow(() -> StoreUnavailable.UnreadableRecord.damaged(FormatItem.KEY));
        if (number > NUMBER) {
            throw new StoreUnavailable("the table " + table + " has the format " + number
                    + " and this Countersign knows formats up to " + NUMBER
                    + "; use the version of Countersign that brought it there, or a later one");
        }
        return number == NUMBER ? CURRENT : WITHOUT_CHECKSUMS;
    }
}
