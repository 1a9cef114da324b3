/**
 * The registry's table and its small interface, which fits an SQL file and a managed key-value table alike.
 *
 * <p>An item has a partition, a sort key, a payload of JSON text, a version and an optional expiry. Records that must
 * be found without their key (keys that are due, events to send) have a partition of their own whose sort keys begin
 * with the ordering value, written in the same transaction as the record: a query by partition is then the index.
 */
@NullMarked
package io.countersign.registry.store;

import org.jspecify.annotations.NullMarked;
