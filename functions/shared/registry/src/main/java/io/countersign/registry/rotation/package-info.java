/** What rotation keeps in the registry: when which keys are due, what was decided, and the events that are yet to be sent. */
@NullMarked
package io.countersign.registry.rotation;

import org.jspecify.annotations.NullMarked;
