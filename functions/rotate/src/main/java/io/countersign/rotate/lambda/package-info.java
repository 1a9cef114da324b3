/** The rotate function as a Lambda. */
@NullMarked
package io.countersign.rotate.lambda;

import org.jspecify.annotations.NullMarked;
