/** Sends rotation's events to Amazon EventBridge. */
@NullMarked
package io.countersign.rotate.eventbridge;

import org.jspecify.annotations.NullMarked;
