package io.countersign.registry;

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
