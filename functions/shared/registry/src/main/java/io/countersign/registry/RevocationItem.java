package io.countersign.registry;

import io.countersign.json.InvalidDocumentException;
import io.countersign.json.JsonText;
import io.countersign.json.Members;
import io.countersign.json.Values;
import io.countersign.registry.store.Condition;
import io.countersign.registry.store.Item;
import io.countersign.registry.store.ItemKey;
import io.countersign.registry.store.Write;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * The stored form of a revocation. It is an item of its own, so that writing a role, a provider or a key never loses
 * it. It expires when the last session that it refuses has ended.
 */
public final class RevocationItem {
    private RevocationItem() {}

    public static ItemKey key(Revocable about) {
        return new ItemKey("revocation/" + about.key(), "revocation");
    }

    /** @param before sessions issued at or before it are refused; in whole milliseconds */
    public static String text(Instant before) {
        return JsonText.object(json ->
                json.put("revokedBefore", before.truncatedTo(ChronoUnit.MILLIS).toString()));
    }

    /**
     * Returns the write that refuses the sessions issued up to a moment, under the condition that the item is
     * unchanged.
     */
    public static Write put(Revocable about, Instant before, Condition asItWas) {
        return Write.put(key(about), text(before), expiresAt(before), asItWas);
    }

    /** The moment at which no session is left that the revocation could refuse. */
    public static Instant expiresAt(Instant before) {
        return before.plus(Role.MAX_SESSION);
    }

    /** @throws InvalidDocumentException when this version of Countersign cannot read the payload as a revocation */
    public static Instant read(Item item) throws InvalidDocumentException {
        Members members = Members.of(Values.parse(item.payload()));
        Instant before = ItemFields.instant(members, "revokedBefore");
        members.done();
        return before;
    }

    /** The subject of a revocation: the role of the sessions, or their founder. */
    public sealed interface Revocable {
        /** Identifies this subject in the table among subjects of all kinds. */
        String key();

        /** @param roleId never reused, so that no later role inherits a revocation */
        record OfRole(String roleId) implements Revocable {
            @Override
            public String key() {
                return "role/" + roleId;
            }
        }

        /** The party that vouched for the holder of a session when it was made. */
        sealed interface Founder extends Revocable {}

        /** The identity provider that issued the token. */
        record OfProvider(String accountId, String name) implements Founder {
            @Override
            public String key() {
                return "provider/" + accountId + "/" + name;
            }
        }

        /** The access key that signed AssumeRole. */
        record OfAccessKey(String id) implements Founder {
            @Override
            public String key() {
                return "key/" + id;
            }
        }
    }
}
