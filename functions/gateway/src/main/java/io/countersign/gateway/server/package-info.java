/** The HTTP server: strict parsing, limits on size, number and time, and dispatch to endpoints. Only this package depends on Vert.x's HTTP server. */
@NullMarked
package io.countersign.gateway.server;

import org.jspecify.annotations.NullMarked;
