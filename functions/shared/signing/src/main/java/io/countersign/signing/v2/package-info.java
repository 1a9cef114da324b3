/** OSS V2, {@code OSS2} (protocol.md 2): one file for each step. For this module alone. */
@NullMarked
package io.countersign.signing.v2;

import org.jspecify.annotations.NullMarked;
