/** The root key in the care of KMS: its versions stand in the registry's store, wrapped, and only KMS unwraps them. */
@NullMarked
package io.countersign.registry.kms;

import org.jspecify.annotations.NullMarked;
