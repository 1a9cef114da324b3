/** All access keys of a registry: listed, and sealed anew. For operators; no request path passes here. */
@NullMarked
package io.countersign.registry.keys;

import org.jspecify.annotations.NullMarked;
