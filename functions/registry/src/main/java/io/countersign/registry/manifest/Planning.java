package io.countersign.registry.manifest;

import io.countersign.registry.sealing.Sealer;
import java.security.SecureRandom;
import java.time.Instant;

/** What every planner works with. */
record Planning(Snapshot snapshot, Sealer sealer, ApplyOptions options, Instant now, SecureRandom random) {}
