/** Rotation in the gateway: what a bus and a scheduler do in the cloud. */
@NullMarked
package io.countersign.gateway.events;

import org.jspecify.annotations.NullMarked;
