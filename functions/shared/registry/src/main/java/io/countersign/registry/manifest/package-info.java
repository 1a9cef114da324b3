/** Manifests: the wanted content of a registry as its operator writes it, and its application. */
@NullMarked
package io.countersign.registry.manifest;

import org.jspecify.annotations.NullMarked;
