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

/** All token keys of a registry in one item: one read knows which seals and which open, and one condition guards every change. */
public final class TokenKeyItem {
    public static final ItemKey KEY = new ItemKey("tokenkeys", "tokenkeys");

    private TokenKeyItem() {}

    public static String text(List<StoredTokenKey> keys) {
        return JsonText.object(json ->
                json.array("keys", array -> keys.forEach(key -> array.object(members -> put(members, key)))));
    }

    /** @throws InvalidDocumentException when the payload holds no token keys of this version of Countersign */
    public static List<StoredTokenKey> read(Item item) throws InvalidDocumentException {
        Members members = Members.of(Values.parse(item.payload()));
        List<StoredTokenKey> keys = new ArrayList<>();
        for (Value key : members.list("keys")) {
            keys.add(key(Members.of(key)));
        }
        members.done();
        return List.copyOf(keys);
    }

    private static void put(JsonText.JsonObjectWriter json, StoredTokenKey key) {
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
     * A token key as it stands in the table.
     *
     * @param sealed the key under the root key
     */
    public record StoredTokenKey(
            String id,
            KeyStatus status,
            String sealed,
            Instant createdAt,
            Instant sealsFrom,
            Optional<Instant> opensUntil) {
        /** Which record the key is sealed for. */
        public static Sealer.SealIdentity sealIdentity(String id) {
            return new Sealer.SealIdentity(TokenKeyItem.KEY, id);
        }

        /** This key sealed anew. */
        public StoredTokenKey resealed(String text) {
            return new StoredTokenKey(id, status, text, createdAt, sealsFrom, opensUntil);
        }

        TokenKeyRing.TokenKey opened(Sealer sealer) throws SealingException {
            return new TokenKeyRing.TokenKey(
                    id, status, sealer.open(sealed, sealIdentity(id)), createdAt, sealsFrom, opensUntil);
        }
    }
}
