package io.countersign.registry;

import io.countersign.policy.Principal;
import io.countersign.signing.AccessKey;

/**
 * Who signs for a bucket or a role.
 *
 * @param key the user's key that signs now
 * @param user with the policies that bound what its signatures are good for
 */
public record Signer(AccessKey key, Principal.RamUser user) {}
