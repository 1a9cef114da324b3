/** How secrets are sealed before they reach a store, and where the root key comes from. The only package of the registry that reads a secret. */
@NullMarked
package io.countersign.registry.sealing;

import org.jspecify.annotations.NullMarked;
