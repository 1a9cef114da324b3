/** The token function as a Lambda. */
@NullMarked
package io.countersign.token.lambda;

import org.jspecify.annotations.NullMarked;
