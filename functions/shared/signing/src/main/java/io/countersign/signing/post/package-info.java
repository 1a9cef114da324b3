/** The signatures of POST uploads (docs/protocol.md 4): the HMAC covers the Base64 text of the policy as it was received. */
@NullMarked
package io.countersign.signing.post;

import org.jspecify.annotations.NullMarked;
