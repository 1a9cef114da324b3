/** How requests of STS and RAM are signed (protocol.md 6): RPC signature V1 and ACS3-HMAC-SHA256, made and checked. */
@NullMarked
package io.countersign.signing.rpc;

import org.jspecify.annotations.NullMarked;
