package io.countersign.registry;

import io.countersign.json.InvalidDocumentException;
import io.countersign.json.JsonText;
import io.countersign.json.Members;
import io.countersign.json.Values;
import io.countersign.registry.store.Item;
import io.countersign.registry.store.ItemKey;
import java.util.List;

/** An account in the table. All accounts stand in one partition; what an account holds stands in a partition of its own. */
public final class AccountItem {
    /** Lists the accounts. */
    public static final String PARTITION = "accounts";

    private AccountItem() {}

    public static ItemKey key(String id) {
        return new ItemKey(PARTITION, id);
    }

    /** Lists the users, roles, providers and bucket names of an account; the sort keys begin with their kinds. */
    public static String contents(String accountId) {
        return "account/" + accountId;
    }

    public static String text(Account account) {
        return JsonText.object(json -> json.put("id", account.id()).put("accessKeys", account.accessKeyIds()));
    }

    /** @throws InvalidDocumentException when the payload is no account of this version of Countersign */
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
     * @param accessKeyIds the account's own keys that are not deleted, in the order they came; at most {@link #MAX_KEYS}
     */
    public record Account(String id, List<String> accessKeyIds) {
        /** Key pairs of an account, Active or not. */
        public static final int MAX_KEYS = 5;

        public Account {
            accessKeyIds = List.copyOf(accessKeyIds);
        }

        public String arn() {
            return "acs:ram::" + id + ":root";
        }
    }
}
