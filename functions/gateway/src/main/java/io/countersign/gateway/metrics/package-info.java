/** The metrics of a gateway, for Prometheus. No label has a text that a caller controls. */
@NullMarked
package io.countersign.gateway.metrics;

import org.jspecify.annotations.NullMarked;
