/** Guards of private endpoints: they admit or refuse calls by their headers. */
@NullMarked
package io.countersign.gateway.guard;

import org.jspecify.annotations.NullMarked;
