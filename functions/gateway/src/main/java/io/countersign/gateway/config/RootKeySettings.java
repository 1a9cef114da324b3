package io.countersign.gateway.config;

import io.countersign.registry.kms.KeyLocation;

/** What keeps the root key. */
public sealed interface RootKeySettings {
    /** A file of the data directory. */
    record InFile() implements RootKeySettings {}

    /** KMS. */
    record InKms(KeyLocation location) implements RootKeySettings {}
}
