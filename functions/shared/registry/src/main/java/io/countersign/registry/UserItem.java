package io.countersign.registry;

import io.countersign.json.InvalidDocumentException;
import io.countersign.json.JsonText;
import io.countersign.json.Members;
import io.countersign.json.Values;
import io.countersign.policy.PolicyDocument;
import io.countersign.registry.store.Item;
import io.countersign.registry.store.ItemKey;

/** The stored form of a RAM user, in its account's partition. */
public final class UserItem {
    /** The prefix of the sort keys of users. */
    public static final String SORT_PREFIX = "user/";

    private UserItem() {}

    public static ItemKey key(String accountId, String name) {
        return new ItemKey(AccountItem.contents(accountId), SORT_PREFIX + name);
    }

    /** The key of the item that reserves a UID. Its payload names the user. */
    public static ItemKey uidKey(String uid) {
        return new ItemKey("uid/" + uid, "user");
    }

    /** The payload of an item that only names a user. */
    public static String reference(Owner.OfUser user) {
        return JsonText.object(json -> json.put("account", user.accountId()).put("name", user.userName()));
    }

    /** @throws InvalidDocumentException when the payload names no user */
    public static Owner.OfUser readReference(Item item) throws InvalidDocumentException {
        Members members = Members.of(Values.parse(item.payload()));
        Owner.OfUser user = new Owner.OfUser(members.string("account"), members.string("name"));
        members.done();
        return user;
    }

    public static String text(RamUser user) {
        return JsonText.object(json -> json.put("account", user.accountId())
                .put("name", user.name())
                .put("uid", user.uid())
                .put("policies", ItemFields.texts(user.policies()))
                .object(
                        "rotation",
                        rotation -> rotation.put(
                                        "every", user.rotation().every().toString())
                                .put("overlap", user.rotation().overlap().toString())
                                .put(
                                        "removeAfter",
                                        user.rotation().removeAfter().toString()))
                .put("authority", user.authority().text())
                .put("accessKeys", user.accessKeyIds()));
    }

    /** @throws InvalidDocumentException when this version of Countersign cannot read the payload as a user */
    public static RamUser read(Item item) throws InvalidDocumentException {
        Members members = Members.of(Values.parse(item.payload()));
        RamUser user = new RamUser(
                members.string("account"),
                members.string("name"),
                members.optionalString("uid"),
                ItemFields.policies(members, PolicyDocument.Kind.IDENTITY),
                rotation(Members.of(members.required("rotation"))),
                ItemFields.one(members, "authority", Authority::of),
                ItemFields.strings(members, "accessKeys"));
        members.done();
        return user;
    }

    private static RamUser.RotationRule rotation(Members members) throws InvalidDocumentException {
        RamUser.RotationRule rule = new RamUser.RotationRule(
                ItemFields.duration(members, "every"),
                ItemFields.duration(members, "overlap"),
                ItemFields.duration(members, "removeAfter"));
        members.done();
        return rule;
    }
}
