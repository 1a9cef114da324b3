/** {@code /token}: a bearer JWT in, temporary credentials out, in the shape that the phones' SDKs take (protocol.md 5.2). */
@NullMarked
package io.countersign.token;

import org.jspecify.annotations.NullMarked;
