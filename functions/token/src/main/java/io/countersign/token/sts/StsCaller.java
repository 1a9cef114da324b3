package io.countersign.token.sts;

import io.countersign.policy.Principal;
import java.util.Optional;

/**
 * Who made a call, its signature checked.
 *
 * @param roleId of a session's role
 */
record StsCaller(Principal principal, String accessKeyId, Optional<String> roleId) {}
