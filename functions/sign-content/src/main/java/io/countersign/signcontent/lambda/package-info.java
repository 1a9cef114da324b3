/** The sign-content function as a Lambda. */
@NullMarked
package io.countersign.signcontent.lambda;

import org.jspecify.annotations.NullMarked;
