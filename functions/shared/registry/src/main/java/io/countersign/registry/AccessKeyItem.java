package io.countersign.registry;

import io.countersign.json.InvalidDocumentException;
import io.countersign.json.JsonText;
import io.countersign.json.Members;
import io.countersign.json.Values;
import io.countersign.registry.store.Item;
import io.countersign.registry.store.ItemKey;
import java.util.Optional;

/**
 * The stored form of an access key. Its key in the table is made from the access key id, so a lookup needs no account.
 */
public final class AccessKeyItem {
    private AccessKeyItem() {}

    public static ItemKey key(String id) {
        return new ItemKey("key/" + id, "key");
    }

    public static String text(StoredKey key) {
        return JsonText.object(json -> {
            json.put("id", key.id()).put("account", key.owner().accountId());
            switch (key.owner()) {
                case Owner.OfAccount account -> json.put("user", Optional.empty());
                case Owner.OfUser user -> json.put("user", user.userName());
            }
            json.put("status", key.status().text())
                    .put("since", key.since().toString())
                    .put("origin", key.origin().text())
                    .put("sealed", key.sealed())
                    .put("createdAt", key.createdAt().toString())
                    .put("signsFrom", key.signsFrom().toString())
                    .put("replaces", key.replaces())
                    .put("followsManifest", key.followsManifest());
            switch (key.debt()) {
                case NONE -> {}
                case DEACTIVATION -> json.put("owed", true);
                case DELETION -> json.put("deletionOwed", true);
            }
        });
    }

    /** @throws InvalidDocumentException when this version of Countersign cannot read the payload as an access key */
    public static StoredKey read(Item item) throws InvalidDocumentException {
        Members members = Members.of(Values.parse(item.payload()));
        String account = members.string("account");
        Owner owner = members.optionalString("user")
                .<Owner>map(user -> new Owner.OfUser(account, user))
                .orElseGet(() -> new Owner.OfAccount(account));
        StoredKey key = new StoredKey(
                members.string("id"),
                owner,
                ItemFields.one(members, "status", KeyStatus::of),
                ItemFields.instant(members, "since"),
                ItemFields.one(members, "origin", StoredKey.KeyOrigin::of),
                members.optionalString("sealed"),
                ItemFields.instant(members, "createdAt"),
                ItemFields.instant(members, "signsFrom"),
                members.optionalString("replaces"),
                Members.bool(members.required("followsManifest")),
                debt(members));
        members.done();
        return key;
    }

    private static StoredKey.Debt debt(Members members) throws InvalidDocumentException {
        if (members.optionalBoolean("owed").orElse(false)) {
            return StoredKey.Debt.DEACTIVATION;
        }
        return members.optionalBoolean("deletionOwed").orElse(false) ? StoredKey.Debt.DELETION : StoredKey.Debt.NONE;
    }
}
