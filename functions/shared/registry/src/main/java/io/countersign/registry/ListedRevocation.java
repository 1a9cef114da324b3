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
import java.util.Optional;

/**
 * Names the revocations of subjects and sessions, which no other record names, for the listing of operators: all of them
 * in one partition, which no request reads. Each is written in the transaction of its revocation and ends with it.
 *
 * @param before as in the revocation
 */
public record ListedRevocation(RevocationItem.Revocable about, Instant before) {
    /** The partition that lists them. */
    public static final String PARTITION = "revocations";

    /** Returns the write that lists a revocation; empty for a kind that its own record names. */
    static Optional<Write> write(RevocationItem.Revocable about, Instant before) {
        return switch (about) {
            case RevocationItem.Revocable.OfSubject subject ->
                Optional.of(Write.put(key(about), text(subject, before), Condition.anything()));
            case RevocationItem.Revocable.OfSession session ->
                Optional.of(Write.put(
                        key(about), text(session, before), RevocationItem.expiresAt(before), Condition.anything()));
            case RevocationItem.Revocable.OfRole role -> Optional.empty();
            case RevocationItem.Revocable.OfProvider provider -> Optional.empty();
            case RevocationItem.Revocable.OfAccessKey key -> Optional.empty();
        };
    }

    private static ItemKey key(RevocationItem.Revocable about) {
        return new ItemKey(PARTITION, about.key());
    }

    private static String text(RevocationItem.Revocable.OfSubject subject, Instant before) {
        return JsonText.object(json -> json.put("account", subject.provider().accountId())
                .put("provider", subject.provider().name())
                .put("subject", subject.subject())
                .put("revokedBefore", before.toString()));
    }

    private static String text(RevocationItem.Revocable.OfSession session, Instant before) {
        return JsonText.object(json -> json.put("session", session.id()).put("revokedBefore", before.toString()));
    }

    /** @throws InvalidDocumentException when this version of Countersign cannot read the payload as a listed revocation */
    public static ListedRevocation read(Item item) throws InvalidDocumentException {
        Members members = Members.of(Values.parse(item.payload()));
        Optional<String> session = members.optionalString("session");
        RevocationItem.Revocable about = session.isPresent()
                ? new RevocationItem.Revocable.OfSession(session.get())
                : new RevocationItem.Revocable.OfSubject(
                        new RevocationItem.Revocable.OfProvider(members.string("account"), members.string("provider")),
                        members.string("subject"));
        ListedRevocation listed = new ListedRevocation(about, ItemFields.instant(members, "revokedBefore"));
        members.done();
        return listed;
    }
}
