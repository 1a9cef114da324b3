/** The page at {@code /console}, for users of this machine: it explains why a request was refused. */
@NullMarked
package io.countersign.gateway.console;

import org.jspecify.annotations.NullMarked;
