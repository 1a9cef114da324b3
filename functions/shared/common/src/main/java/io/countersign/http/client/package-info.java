/** Calls other services over HTTP, within bounds of time, size and number of attempts. */
@NullMarked
package io.countersign.http.client;

import org.jspecify.annotations.NullMarked;
