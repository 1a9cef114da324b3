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
 * A revocation in the table: apart from what it is about, so that writing a role, a provider or a key never loses it. It goes away by itself when the last
 * session that it refuses has ended.
 */
public final class RevocationItem {
    private RevocationItem() {}

    public static ItemKey key(Revocable about) {
        return new ItemKey("revocation/" + about.key(), "revocation");
    }

    /** @param before sessions issued at it or before it are refused; to the millisecond */
    public static String text(Instant before) {
        return JsonText.object(json ->
                json.put("revokedBefore", before.truncatedTo(ChronoUnit.MILLIS).toString()));
    }

    /** Refuses the sessions that were issued up to a moment, as long as the item stands as it was read. */
    public static Write put(Revocable about, Instant before, Condition asItWas) {
        return Write.put(key(about), text(before), expiresAt(before), asItWas);
    }

    /** When nothing is left that the revocation could refuse. */
    public static Instant expiresAt(Instant before) {
        return before.plus(Role.MAX_SESSION);
    }

    /** @throws InvalidDocumentException when the payload is no revocation of this version of Countersign */
    public static Instant read(Item item) throws InvalidDocumentException {
        Members members = Members.of(Values.parse(item.payload()));
        Instant before = ItemFields.instant(members, "revokedBefore");
        members.done();
        return before;
    }

    /** What sessions can be revoked by: the role that they are of, and who founded them. */
    public sealed interface Revocable {
        /** What names this one in the table, among all of all kinds. */
        String key();

        /** @param roleId never used twice, so that nobody inherits a revocation */
        record OfRole(String roleId) implements Revocable {
            @Override
            public String key() {
                return "role/" + roleId;
            }
        }

        /** Who vouched for a session's holder when it was made. */
        sealed interface Founder extends Revocable {}

        /** The identity provider whose token was shown. */
        record OfProvider(String accountId, String name) implements Founder {
            @Override
            public String key() {
                return "provider/" + accountId + "/" + name;
            }
        }

        /** The access key that AssumeRole was signed with. */
        record OfAccessKey(String id) implements Founder {
            @Override
            public String key() {
                return "key/" + id;
            }
        }
    }
}
