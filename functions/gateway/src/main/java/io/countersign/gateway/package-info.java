/** Every function behind one port, and the command line. */
@NullMarked
package io.countersign.gateway;

import org.jspecify.annotations.NullMarked;
