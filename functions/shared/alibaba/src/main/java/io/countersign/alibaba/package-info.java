/** Signed calls of Alibaba Cloud's RPC-style services. */
@NullMarked
package io.countersign.alibaba;

import org.jspecify.annotations.NullMarked;
