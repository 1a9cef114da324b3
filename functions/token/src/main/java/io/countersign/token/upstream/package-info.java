/** A client of Alibaba Cloud's STS, for the sessions of roles with {@code authority: sts}: its own signature over java.net.http. */
@NullMarked
package io.countersign.token.upstream;

import org.jspecify.annotations.NullMarked;
