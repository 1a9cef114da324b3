/** The parts that all functions share as Lambdas: events and answers, the registry that the environment describes, logs and metrics. */
@NullMarked
package io.countersign.lambda;

import org.jspecify.annotations.NullMarked;
