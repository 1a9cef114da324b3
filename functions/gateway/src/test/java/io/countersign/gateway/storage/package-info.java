/** A small OSS-shaped storage that asks the gateway about every request: the other half of the end-to-end tests. */
@NullMarked
package io.countersign.gateway.storage;

import org.jspecify.annotations.NullMarked;
