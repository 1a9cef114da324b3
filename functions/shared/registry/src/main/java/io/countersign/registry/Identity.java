package io.countersign.registry;

import io.countersign.policy.Principal;

/**
 * Who stands behind an access key id.
 *
 * @param key Active, Retiring or Inactive: whether it may be used is {@link KeyStatus#verifies()}
 * @param principal the account, or the user with its policies
 */
public record Identity(AccessKeyRecord key, Principal principal) {}
