package io.countersign.registry.manifest;

import io.countersign.json.Location;
import io.countersign.registry.OidcProvider;

/** An OIDC provider. */
public record ManifestProvider(Location at, OidcProvider record) {}
