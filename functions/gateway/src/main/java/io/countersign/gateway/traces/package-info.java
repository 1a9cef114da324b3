/** Spans of decisions, for OpenTelemetry. Only this package depends on its SDK, and it is loaded only where spans are sent. */
@NullMarked
package io.countersign.gateway.traces;

import org.jspecify.annotations.NullMarked;
