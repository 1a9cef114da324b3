package io.countersign.registry.manifest;

import io.countersign.registry.sealing.Sealer;
import java.security.SecureRandom;
import java.time.Instant;

/**
 * What every planner works with.
 *
 * @param place where the secrets of keys that are made are kept
 */
record Planning(
        Snapshot snapshot, Sealer sealer, ApplyOptions options, String place, Instant now, SecureRandom random) {}
