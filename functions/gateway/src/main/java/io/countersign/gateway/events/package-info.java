/** Periodic rotation and event delivery: in the gateway they replace the scheduler and the event bus of the AWS deployment. */
@NullMarked
package io.countersign.gateway.events;

import org.jspecify.annotations.NullMarked;
