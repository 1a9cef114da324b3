package io.countersign.identity.delegation;

import io.countersign.policy.Principal;
import io.countersign.registry.Bucket;
import io.countersign.signing.AccessKey;

/**
 * A request may be signed for its caller.
 *
 * @param bucket the request's
 * @param signer the key that signs for that bucket
 * @param user whose key it is
 */
public record Permit(Bucket bucket, AccessKey signer, Principal.RamUser user) {}
