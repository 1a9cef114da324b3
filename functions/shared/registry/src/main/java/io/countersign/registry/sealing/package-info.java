/**
 * Sealing of secrets before they are stored, and the sources of the root key. No other package of the registry reads a
 * secret.
 */
@NullMarked
package io.countersign.registry.sealing;

import org.jspecify.annotations.NullMarked;
