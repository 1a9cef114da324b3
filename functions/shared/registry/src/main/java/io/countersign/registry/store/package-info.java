/**
 * The one table of the registry and the small interface over it, made to fit a file with SQL and a managed key-value table alike.
 *
 * <p>An item has a partition, a sort key, a payload of JSON text, a version and perhaps an expiry. Whatever must be found without its key
 * (keys that are due, events not yet sent) is a partition of its own whose sort keys begin with what orders it, written in the same
 * transaction as the record: a query by partition is then its index.
 */
@NullMarked
package io.countersign.registry.store;

import org.jspecify.annotations.NullMarked;
