/** Binds the presign function to AWS Lambda. */
@NullMarked
package io.countersign.presign.lambda;

import org.jspecify.annotations.NullMarked;
