/** The verify function as a Lambda. */
@NullMarked
package io.countersign.verify.lambda;

import org.jspecify.annotations.NullMarked;
