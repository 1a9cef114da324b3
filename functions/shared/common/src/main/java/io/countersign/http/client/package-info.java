/** How a service elsewhere is asked: over HTTP, bounded in time, size and number of attempts. */
@NullMarked
package io.countersign.http.client;

import org.jspecify.annotations.NullMarked;
