/** The port in front of the stores behind buckets: each request is judged, and goes on as a request of Countersign's own. */
@NullMarked
package io.countersign.gateway.store;

import org.jspecify.annotations.NullMarked;
