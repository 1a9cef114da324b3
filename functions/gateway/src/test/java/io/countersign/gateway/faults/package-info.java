/** The gateway as it is shipped, killed, stopped, starved and cut off from its store: nothing that was acknowledged is lost, and nothing passes that should not. */
@NullMarked
package io.countersign.gateway.faults;

import org.jspecify.annotations.NullMarked;
