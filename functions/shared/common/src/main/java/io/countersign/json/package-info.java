/**
 * Parses JSON, and YAML through a Jackson parser, strictly and within bounds into immutable values with their locations; writes JSON without reflection.
 */
@NullMarked
package io.countersign.json;

import org.jspecify.annotations.NullMarked;
