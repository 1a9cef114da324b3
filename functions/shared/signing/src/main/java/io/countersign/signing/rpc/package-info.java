/** Makes and checks the signatures of STS and RAM (docs/protocol.md 6): RPC signature V1 and ACS3-HMAC-SHA256. */
@NullMarked
package io.countersign.signing.rpc;

import org.jspecify.annotations.NullMarked;
