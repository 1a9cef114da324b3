/** Explains failing requests: reads a request as users have it at hand, and reports the steps of the decision, the compared forms and the cause in one sentence. */
@NullMarked
package io.countersign.gateway.explain;

import org.jspecify.annotations.NullMarked;
