/** Binds the sign-content function to AWS Lambda. */
@NullMarked
package io.countersign.signcontent.lambda;

import org.jspecify.annotations.NullMarked;
