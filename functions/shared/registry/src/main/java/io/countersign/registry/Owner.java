package io.countersign.registry;

/** Whom an access key belongs to. */
public sealed interface Owner {
    String accountId();

    /** How messages and reports name the owner: {@code account/1234567890123456}, {@code user/1234567890123456/app-signer}. */
    String label();

    /** The account itself: full rights. */
    record OfAccount(String accountId) implements Owner {
        @Override
        public String label() {
            return "account/" + accountId;
        }
    }

    /** One of the account's RAM users: rights by policy. */
    record OfUser(String accountId, String userName) implements Owner {
        @Override
        public String label() {
            return "user/" + accountId + "/" + userName;
        }
    }
}
