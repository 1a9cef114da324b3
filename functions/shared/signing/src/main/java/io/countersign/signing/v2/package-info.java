/** OSS V2, {@code OSS2} (docs/protocol.md 2): one file for each step. For this module only. */
@NullMarked
package io.countersign.signing.v2;

import org.jspecify.annotations.NullMarked;
