package io.countersign.registry;

import io.countersign.registry.store.ItemKey;

/**
 * One step from a record to others that only reading it tells.
 *
 * @param from where the step begins
 * @param to what is looked for
 */
record Link(ItemKey from, String to) {
    static Link bucketOf(ItemKey domain) {
        return new Link(domain, "bucket");
    }

    /** @param of a bucket or a role */
    static Link signer(ItemKey of) {
        return new Link(of, "signer");
    }

    /** @param role as it was asked for; empty for the default */
    static Link role(ItemKey audience, String role) {
        return new Link(audience, "role/" + role);
    }

    /** What the last session rested on that was opened with these keys. */
    static Link session(ItemKey tokenKeys) {
        return new Link(tokenKeys, "session");
    }
}
