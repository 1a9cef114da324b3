package io.countersign.registry;

import io.countersign.json.InvalidDocumentException;
import io.countersign.json.JsonText;
import io.countersign.json.Members;
import io.countersign.json.Value;
import io.countersign.json.Values;
import io.countersign.registry.sealing.Sealer;
import io.countersign.registry.sealing.SealingException;
import io.countersign.registry.store.Item;
import io.countersign.registry.store.ItemKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The stored form of a registry's token keys. All are in one item: one read returns the sealing key and the opening
 * keys, and one condition guards every change.
 */
public final class TokenKeyItem {
    public static final ItemKey KEY = new ItemKey("tokenkeys", "tokenkeys");

    private TokenKeyItem() {}

    public static String text(List<StoredTokenKey> keys) {
        return JsonText.object(json -> json.objects("keys", keys, TokenKeyItem::put));
    }

    /** @throws InvalidDocumentException when this version of Countersign cannot read the payload as token keys */
    public static List<StoredTokenKey> read(Item item) throws InvalidDocumentException {
        Members members = Members.of(Values.parse(item.payload()));
        List<StoredTokenKey> keys = new ArrayList<>();
        for (Value key : members.list("keys")) {
            keys.add(key(Members.of(key)));
        }
        members.done();
        return List.copyOf(keys);
    }

    private static void put(JsonText.ObjectWriter json, StoredTokenKey key) {
        json.put("id", key.id())
                .put("status", key.status().text())
                .put("sealed", key.sealed())
                .put("createdAt", key.createdAt().toString())
                .put("sealsFrom", key.sealsFrom().toString())
                .put("opensUntil", key.opensUntil().map(Instant::toString));
    }

    private static StoredTokenKey key(Members members) throws InvalidDocumentException {
        StoredTokenKey key = new StoredTokenKey(
                members.string("id"),
                ItemFields.one(members, "status", KeyStatus::of),
                members.string("sealed"),
                ItemFields.instant(members, "createdAt"),
                ItemFields.instant(members, "sealsFrom"),
                members.has("opensUntil") ? Optional.of(ItemFields.instant(members, "opensUntil")) : Optional.empty());
        members.done();
        return key;
    }

    /**
     * A token key as it is stored.
     *
     * @param sealed the key, sealed under the root key
     */
    public record StoredTokenKey(
            String id,
            KeyStatus status,
            String sealed,
            Instant createdAt,
            Instant sealsFrom,
            Optional<Instant> opensUntil) {
        /** The identity that the key is sealed for. */
        public static Sealer.SealIdentity sealIdentity(String id) {
            return new Sealer.SealIdentity(TokenKeyItem.KEY, id);
        }

        /** Returns this key sealed again. */
        public StoredTokenKey resealed(String text) {
            return new StoredTokenKey(id, status, text, createdAt, sealsFrom, opensUntil);
        }

        TokenKeyRing.TokenKey opened(Sealer sealer) throws SealingException {
            return new TokenKeyRing.TokenKey(
                    id, status, sealer.open(sealed, sealIdentity(id)), createdAt, sealsFrom, opensUntil);
        }
    }
}
