package io.countersign.upstream;

import java.util.Optional;

/**
 * An object in a store.
 *
 * @param bucket the physical bucket
 * @param version empty for the current one
 */
public record StoreObject(String bucket, String key, Optional<String> version) {}
