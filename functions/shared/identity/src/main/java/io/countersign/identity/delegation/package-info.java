/**
 * The requests that a caller may have signed: a table of requests, and the authorization by owner, policies and signer. Presigned URLs, POST policies and
 * self-signed requests share both.
 */
@NullMarked
package io.countersign.identity.delegation;

import org.jspecify.annotations.NullMarked;
