/**
 * The key registry: its records, how they stand in the table, and the reading side with its bounded cache.
 *
 * <p>Every read on a request path is by key, in one batch when the cache is cold and none when it is warm. To that end a record stands in the
 * table once for each way of finding it, all written in one transaction: a key's principal beside the key, a provider under each of its
 * audiences, a bucket's name under each of its domains.
 */
@NullMarked
package io.countersign.registry;

import org.jspecify.annotations.NullMarked;
