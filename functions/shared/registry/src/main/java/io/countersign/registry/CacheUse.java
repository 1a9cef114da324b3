package io.countersign.registry;

/**
 * The use of a cache since its start.
 *
 * @param hits look-ups that the cache answered
 * @param misses look-ups that the store answered
 */
public record CacheUse(long hits, long misses) {}
