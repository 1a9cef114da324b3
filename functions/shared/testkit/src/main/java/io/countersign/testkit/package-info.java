/** Where tests take their random data from. */
@NullMarked
package io.countersign.testkit;

import org.jspecify.annotations.NullMarked;
