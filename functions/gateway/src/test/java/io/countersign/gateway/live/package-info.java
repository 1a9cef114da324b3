/** The gateway's {@code serve} in this process, by a clock of the test's own, and the services around it. */
@NullMarked
package io.countersign.gateway.live;

import org.jspecify.annotations.NullMarked;
