/** Keys of AWS KMS that wrap the root key. */
@NullMarked
package io.countersign.registry.kms;

import org.jspecify.annotations.NullMarked;
