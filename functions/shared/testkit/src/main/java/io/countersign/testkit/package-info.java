/** Reproducible random data, and ports, for tests. */
@NullMarked
package io.countersign.testkit;

import org.jspecify.annotations.NullMarked;
