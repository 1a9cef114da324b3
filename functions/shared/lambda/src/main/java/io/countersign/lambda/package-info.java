/** What the functions have in common where they run as Lambdas: events and answers, the registry from the environment, logs and metrics. */
@NullMarked
package io.countersign.lambda;

import org.jspecify.annotations.NullMarked;
