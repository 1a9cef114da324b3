package io.countersign.registry;

import io.countersign.json.InvalidDocumentException;
import io.countersign.json.JsonText;
import io.countersign.json.Members;
import io.countersign.json.Values;
import io.countersign.registry.store.Item;
import io.countersign.registry.store.ItemKey;
import java.util.List;

/**
 * The stored form of an account. All accounts share one partition; each account's contents have a partition of their
 * own.
 */
public final class AccountItem {
    /** The partition that lists the accounts. */
    public static final String PARTITION = "accounts";

    private AccountItem() {}

    public static ItemKey key(String id) {
        return new ItemKey(PARTITION, id);
    }

    /**
     * The partition that lists the users, roles, providers and bucket names of an account. Each sort key begins with
     * its kind.
     */
    public static String contents(String accountId) {
        return "account/" + accountId;
    }

    public static String text(Account account) {
        return JsonText.object(json -> json.put("id", account.id()).put("accessKeys", account.accessKeyIds()));
    }

    /** @throws InvalidDocumentException when this version of Countersign cannot read the payload as an account */
    public static Account read(Item item) throws InvalidDocumentException {
        Members members = Members.of(Values.parse(item.payload()));
        Account account = new Account(members.string("id"), ItemFields.strings(members, "accessKeys"));
        members.done();
        return account;
    }

    /**
     * An Alibaba Cloud account.
     *
     * @param id digits
     * @param accessKeyIds the account's own keys that are not deleted, oldest first; at most {@link #MAX_KEYS}
     */
    public record Account(String id, List<String> accessKeyIds) {
        /** The number of key pairs that an account may have, Active or not. */
        public static final int MAX_KEYS = 5;

        public Account {
            accessKeyIds = List.copyOf(accessKeyIds);
        }

        public String arn() {
            return "acs:ram::" + id + ":root";
        }
    }
}
