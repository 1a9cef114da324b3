/** OSS V1, HMAC-SHA1 (protocol.md 1): one file for each step. For this module alone. */
@NullMarked
package io.countersign.signing.v1;

import org.jspecify.annotations.NullMarked;
