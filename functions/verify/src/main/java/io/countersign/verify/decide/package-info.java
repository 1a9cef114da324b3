/** The decision on an OSS request: the steps in their order, the POST policy, and the answer. Nothing here knows HTTP endpoints or explanations. */
@NullMarked
package io.countersign.verify.decide;

import org.jspecify.annotations.NullMarked;
