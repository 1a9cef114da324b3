/** Tells observers of the decisions that the endpoints of this gateway make. */
@NullMarked
package io.countersign.gateway.watch;

import org.jspecify.annotations.NullMarked;
