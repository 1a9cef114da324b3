/** The key registry: records, sealing, bounded cache, manifest, and the store interface. */
@NullMarked
package io.countersign.registry;

import org.jspecify.annotations.NullMarked;
