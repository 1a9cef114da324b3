/** What a caller may have signed: one table, and one judge who looks at owner, policies and signer. Presigned URLs, POST policies and self-signed requests share both. */
@NullMarked
package io.countersign.identity.delegation;

import org.jspecify.annotations.NullMarked;
