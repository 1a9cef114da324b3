/** The gateway: every function behind one port, the command line, and the console. */
@NullMarked
package io.countersign.gateway;

import org.jspecify.annotations.NullMarked;
