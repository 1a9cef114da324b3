/** The presign function as a Lambda. */
@NullMarked
package io.countersign.presign.lambda;

import org.jspecify.annotations.NullMarked;
