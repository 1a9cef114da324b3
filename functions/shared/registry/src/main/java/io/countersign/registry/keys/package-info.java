/** What operators ask of a whole registry: its access keys and revocations listed, its secrets sealed anew. No request path passes here. */
@NullMarked
package io.countersign.registry.keys;

import org.jspecify.annotations.NullMarked;
