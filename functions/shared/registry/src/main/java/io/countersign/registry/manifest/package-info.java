/** The manifest: what a registry should hold, as its operator writes it, and how it is applied. */
@NullMarked
package io.countersign.registry.manifest;

import org.jspecify.annotations.NullMarked;
