package io.countersign.registry.cost;

/**
 * The load to simulate.
 *
 * @param keys access keys, asked for by Zipf's law with {@code exponent}
 * @param buckets asked for by the same law
 * @param objects all as likely: an object's ACL is hardly ever remembered
 * @param perSecond requests, spread over {@code instances} that remember {@code entries} records each for {@code ttlSeconds}
 */
record Load(
        int keys,
        double exponent,
        int buckets,
        int objects,
        int perSecond,
        int instances,
        int entries,
        int ttlSeconds) {}
