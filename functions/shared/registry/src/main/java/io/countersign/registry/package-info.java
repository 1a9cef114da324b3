/**
 * The key registry: its records, their stored forms, and the reading side with its bounded cache.
 *
 * <p>Every read on a request path is by key, in one batch when the cache is cold and none when it is warm. To allow
 * that, a record is stored once for each way of finding it, all copies written in one transaction: a key's principal
 * next to the key, a provider under each of its audiences, a bucket's name under each of its domains.
 */
@NullMarked
package io.countersign.registry;

import org.jspecify.annotations.NullMarked;
