/** OSS V1, V2 and V4 signatures, POST policies, STS RPC and ACS3: canonicalise, sign, compare. JDK only. */
@NullMarked
package io.countersign.signing;

import org.jspecify.annotations.NullMarked;
