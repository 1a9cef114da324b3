/** Alibaba Cloud's KMS for tests. */
@NullMarked
package io.countersign.alibaba.kms;

import org.jspecify.annotations.NullMarked;
