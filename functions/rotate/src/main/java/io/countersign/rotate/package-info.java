/** The function that rotates access keys and token keys: it consumes events, runs one state machine for each key, and emits events. */
@NullMarked
package io.countersign.rotate;

import org.jspecify.annotations.NullMarked;
