/** The ports: exact requests in, bounded in size, count and time; replies out. The only place that knows Vert.x. */
@NullMarked
package io.countersign.gateway.server;

import org.jspecify.annotations.NullMarked;
