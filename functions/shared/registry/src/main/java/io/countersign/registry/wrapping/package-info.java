/** A root key that a key management service wraps: the registry's store contains its versions wrapped, and only the service unwraps them. */
@NullMarked
package io.countersign.registry.wrapping;

import org.jspecify.annotations.NullMarked;
