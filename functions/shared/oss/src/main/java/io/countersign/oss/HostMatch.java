package io.countersign.oss;

import java.util.Optional;

/**
 * A host read under a base domain.
 *
 * @param bucket the text before the base domain; empty for the base domain alone and for a leading dot
 */
record HostMatch(String bucket, Optional<String> region) {}
