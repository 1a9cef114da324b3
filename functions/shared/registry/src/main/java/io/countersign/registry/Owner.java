package io.countersign.registry;

/** The owner of an access key. */
public sealed interface Owner {
    String accountId();

    /**
     * The owner in messages and reports: {@code account/1234567890123456}, {@code user/1234567890123456/app-signer}.
     */
    String label();

    /** The account itself, which has full rights on its resources. */
    record OfAccount(String accountId) implements Owner {
        @Override
        public String label() {
            return "account/" + accountId;
        }
    }

    /** A RAM user of the account, whose rights are those of its policies. */
    record OfUser(String accountId, String userName) implements Owner {
        @Override
        public String label() {
            return "user/" + accountId + "/" + userName;
        }
    }
}
