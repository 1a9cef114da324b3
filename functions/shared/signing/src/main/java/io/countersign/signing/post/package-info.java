/** How POST uploads are signed (protocol.md 4): the HMAC goes over the Base64 text of the policy as it was received. */
@NullMarked
package io.countersign.signing.post;

import org.jspecify.annotations.NullMarked;
