/** {@code /token}: exchanges a bearer JWT for temporary credentials in the form of the mobile SDKs (docs/protocol.md 5.2). */
@NullMarked
package io.countersign.token;

import org.jspecify.annotations.NullMarked;
