/** Strict, bounded reading of JSON (and YAML, through Jackson's parser) into immutable values that know their place; writing without reflection. */
@NullMarked
package io.countersign.json;

import org.jspecify.annotations.NullMarked;
