package io.countersign.registry;

import io.countersign.json.InvalidDocumentException;
import io.countersign.json.JsonText;
import io.countersign.json.Members;
import io.countersign.json.Values;
import io.countersign.registry.sealing.Sealer;
import io.countersign.registry.sealing.SealingException;
import io.countersign.registry.store.Item;
import io.countersign.registry.store.ItemKey;
import io.countersign.signing.AccessKey;

/** The stored form of a key of the store behind a bucket. It belongs to the bucket and verifies nothing here. */
public final class UpstreamKeyItem {
    private UpstreamKeyItem() {}

    public static ItemKey key(String bucket) {
        return new ItemKey(BucketItem.key(bucket).partition(), "upstream-key");
    }

    public static String text(SealedKey key) {
        return JsonText.object(json -> json.put("id", key.id()).put("sealed", key.sealed()));
    }

    /** @throws InvalidDocumentException when this version of Countersign cannot read the payload as such a key */
    public static SealedKey read(Item item) throws InvalidDocumentException {
        Members members = Members.of(Values.parse(item.payload()));
        SealedKey key = new SealedKey(item.key(), members.string("id"), members.string("sealed"));
        members.done();
        return key;
    }

    /**
     * A key as it is stored.
     *
     * @param item its key in the table
     * @param sealed the secret, which opens for this item and id only
     */
    public record SealedKey(ItemKey item, String id, String sealed) {
        public Sealer.SealIdentity sealIdentity() {
            return new Sealer.SealIdentity(item, id);
        }

        /** Returns this key sealed again. */
        public SealedKey resealed(String text) {
            return new SealedKey(item, id, text);
        }

        /** @throws SealingException when the secret does not open */
        AccessKey opened(Sealer sealer) throws SealingException {
            return new AccessKey(id, sealer.open(sealed, sealIdentity()));
        }
    }
}
