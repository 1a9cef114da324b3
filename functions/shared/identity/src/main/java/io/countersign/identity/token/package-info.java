/** Sessions: sealed into security tokens, opened, and checked against the registry for each use. Of a session, only nonces are stored. */
@NullMarked
package io.countersign.identity.token;

import org.jspecify.annotations.NullMarked;
