/** Events out to Amazon EventBridge. */
@NullMarked
package io.countersign.rotate.eventbridge;

import org.jspecify.annotations.NullMarked;
