/** Binds the rotate function to AWS Lambda. */
@NullMarked
package io.countersign.rotate.lambda;

import org.jspecify.annotations.NullMarked;
