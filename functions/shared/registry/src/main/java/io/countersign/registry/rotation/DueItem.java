package io.countersign.registry.rotation;

import io.countersign.json.InvalidDocumentException;
import io.countersign.json.JsonText;
import io.countersign.json.Members;
import io.countersign.json.Values;
import io.countersign.registry.Owner;
import io.countersign.registry.store.Item;
import io.countersign.registry.store.ItemKey;
import java.time.Instant;
import java.util.Optional;

/**
 * The index of owners with keys that are due. Entries are spread by owner over {@link #SHARDS} partitions, so that
 * none is hot, and ordered by time in each. An entry is a hint: its reader examines the owner's keys and writes the
 * next entry. A superfluous entry costs one examination.
 */
public final class DueItem {
    public static final int SHARDS = 16;

    private DueItem() {}

    public static ItemKey key(Owner owner, Instant due) {
        int shard = Math.floorMod(owner.label().hashCode(), SHARDS);
        return new ItemKey(partition(shard), AuditItem.Moment.text(due) + "/" + owner.label());
    }

    /** @param shard 0 to {@link #SHARDS} - 1 */
    public static String partition(int shard) {
        return "due/%02d".formatted(shard);
    }

    /** Whether the entry is due. */
    public static boolean hasCome(Item item, Instant now) {
        return item.key()
                        .sort()
                        .substring(0, AuditItem.Moment.text(now).length())
                        .compareTo(AuditItem.Moment.text(now))
                <= 0;
    }

    public static String text(Owner owner) {
        return JsonText.object(json -> {
            json.put("account", owner.accountId());
            switch (owner) {
                case Owner.OfAccount account -> json.put("user", Optional.empty());
                case Owner.OfUser user -> json.put("user", user.userName());
            }
        });
    }

    /** @throws InvalidDocumentException when this version of Countersign cannot read the payload as an entry */
    public static Owner read(Item item) throws InvalidDocumentException {
        Members members = Members.of(Values.parse(item.payload()));
        String account = members.string("account");
        Owner owner = members.optionalString("user")
                .<Owner>map(user -> new Owner.OfUser(account, user))
                .orElseGet(() -> new Owner.OfAccount(account));
        members.done();
        return owner;
    }
}
