/** The functions as they are shipped, each in a process of its own. */
@NullMarked
package io.countersign.lambda.packaged;

import org.jspecify.annotations.NullMarked;
