/** What a decision tells logs and metrics. */
@NullMarked
package io.countersign.verify.facts;

import org.jspecify.annotations.NullMarked;
