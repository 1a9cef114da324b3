/** The receiving side of Alibaba Cloud's calls, for tests, and its own clients as oracles. */
@NullMarked
package io.countersign.alibaba;

import org.jspecify.annotations.NullMarked;
