/** Keys of Alibaba Cloud's KMS that wrap the root key. */
@NullMarked
package io.countersign.alibaba.kms;

import org.jspecify.annotations.NullMarked;
