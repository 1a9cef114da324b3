/** Authenticates callers: the bearer of a JWT in a role, whose policies are filled in with the claims of the token. */
@NullMarked
package io.countersign.identity;

import org.jspecify.annotations.NullMarked;
