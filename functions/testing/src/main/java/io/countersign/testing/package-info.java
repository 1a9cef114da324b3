/** Where tests take their random data from. */
@NullMarked
package io.countersign.testing;

import org.jspecify.annotations.NullMarked;
