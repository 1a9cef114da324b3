package io.countersign.registry;

import io.countersign.json.InvalidDocumentException;
import io.countersign.json.JsonText;
import io.countersign.json.Members;
import io.countersign.json.Values;
import io.countersign.policy.PolicyDocument;
import io.countersign.policy.Principal;
import io.countersign.registry.store.Item;
import io.countersign.registry.store.ItemKey;
import java.util.Optional;

/**
 * The stored form of an access key's principal, in the key's partition. It is written with the owner, so that one
 * batch reads the key and its policies.
 */
public final class PrincipalItem {
    private PrincipalItem() {}

    /** @param accessKey the key of the access key's own item */
    public static ItemKey key(ItemKey accessKey) {
        return new ItemKey(accessKey.partition(), "principal");
    }

    public static ItemKey key(String accessKeyId) {
        return key(AccessKeyItem.key(accessKeyId));
    }

    public static String text(AccountItem.Account account) {
        return JsonText.object(json -> json.put("account", account.id()));
    }

    public static String text(RamUser user) {
        return JsonText.object(json -> json.put("account", user.accountId())
                .put("user", user.name())
                .put("uid", user.uid())
                .put("policies", ItemFields.texts(user.policies())));
    }

    /** @throws InvalidDocumentException when this version of Countersign cannot read the payload as a principal */
    public static Principal read(Item item) throws InvalidDocumentException {
        Members members = Members.of(Values.parse(item.payload()));
        String account = members.string("account");
        Optional<String> user = members.optionalString("user");
        Optional<String> uid = user.isEmpty() ? Optional.empty() : members.optionalString("uid");
        var policies = ItemFields.policies(members, PolicyDocument.Kind.IDENTITY);
        members.done();
        return user.isEmpty()
                ? new Principal.Account(account)
                : new Principal.RamUser(account, user.get(), uid, policies);
    }
}
