/** The root key under KMS: the registry's store contains its versions wrapped, and only KMS unwraps them. */
@NullMarked
package io.countersign.registry.kms;

import org.jspecify.annotations.NullMarked;
