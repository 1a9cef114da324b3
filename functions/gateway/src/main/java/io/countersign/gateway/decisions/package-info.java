/** The decision log: one JSON line for each decision, in a chain of hashes, and the check of such a log. */
@NullMarked
package io.countersign.gateway.decisions;

import org.jspecify.annotations.NullMarked;
