/**
 * Sessions: sealed into security tokens, opened again, and checked each time against what they rest on. Nothing is stored when a session is made or used; a
 * nonce is the one thing that is.
 */
@NullMarked
package io.countersign.identity.token;

import org.jspecify.annotations.NullMarked;
