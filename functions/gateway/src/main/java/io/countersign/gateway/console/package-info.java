/** The page at {@code /console}, for whoever sits at this machine: why a request was refused. */
@NullMarked
package io.countersign.gateway.console;

import org.jspecify.annotations.NullMarked;
