/** OSS V1, HMAC-SHA1 (docs/protocol.md 1): one file for each step. For this module only. */
@NullMarked
package io.countersign.signing.v1;

import org.jspecify.annotations.NullMarked;
