/** Revokes sessions by name: of a role, a provider, one of its users, an access key, or one session. */
@NullMarked
package io.countersign.rotate.sessions;

import org.jspecify.annotations.NullMarked;
