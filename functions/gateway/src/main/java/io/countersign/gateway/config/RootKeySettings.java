package io.countersign.gateway.config;

import io.countersign.registry.kms.KmsSettings;
import java.net.URI;
import java.util.Optional;

/** What keeps the root key. */
public sealed interface RootKeySettings {
    /** A file of the data directory. */
    record InFile() implements RootKeySettings {}

    /**
     * KMS.
     *
     * @param endpoint another than the region's own
     */
    record InKms(String region, Optional<URI> endpoint, KmsSettings key) implements RootKeySettings {}
}
