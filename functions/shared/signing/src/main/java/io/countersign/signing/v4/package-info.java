/** OSS V4, {@code OSS4-HMAC-SHA256} (docs/protocol.md 3): one file for each step. For this module only. */
@NullMarked
package io.countersign.signing.v4;

import org.jspecify.annotations.NullMarked;
