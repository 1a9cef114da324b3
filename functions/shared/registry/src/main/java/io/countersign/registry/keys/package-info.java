/**
 * Operations on the whole registry: listing access keys and revocations, and resealing secrets. Request paths do not
 * use it.
 */
@NullMarked
package io.countersign.registry.keys;

import org.jspecify.annotations.NullMarked;
