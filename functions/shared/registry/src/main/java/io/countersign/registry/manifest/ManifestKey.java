package io.countersign.registry.manifest;

import io.countersign.json.Location;
import io.countersign.registry.KeyStatus;
import io.countersign.signing.Secret;
import java.util.Optional;

/**
 * An access key that its owner should have.
 *
 * @param id empty: any key made by apply will do
 * @param secret empty: made by apply
 * @param status Active or Inactive
 */
public record ManifestKey(Location at, Optional<String> id, Optional<Secret> secret, KeyStatus status) {}
