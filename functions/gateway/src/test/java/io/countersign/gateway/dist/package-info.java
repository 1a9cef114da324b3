/** The archive that needs nothing on the machine where it is unpacked. The profiles {@code dist} and {@code infra} build it and run these tests. */
@NullMarked
package io.countersign.gateway.dist;

import org.jspecify.annotations.NullMarked;
