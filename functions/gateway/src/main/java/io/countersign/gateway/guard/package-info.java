/** What stands before private faces: it lets calls in by their headers. */
@NullMarked
package io.countersign.gateway.guard;

import org.jspecify.annotations.NullMarked;
