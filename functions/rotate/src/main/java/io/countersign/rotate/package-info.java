/** The function that rotates keys: events in, one state machine for each key, events out. */
@NullMarked
package io.countersign.rotate;

import org.jspecify.annotations.NullMarked;
