/** Copies of a registry from one store to another. Secrets stay sealed: no root key is used. */
@NullMarked
package io.countersign.registry.copy;

import org.jspecify.annotations.NullMarked;
