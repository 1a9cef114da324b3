package io.countersign.registry.sealing;

import java.util.List;
import java.util.Optional;
import javax.crypto.SecretKey;

/**
 * Versions as a source gave them.
 *
 * @param versions oldest first, at least one
 */
record HeldVersions(List<RootKeyVersion> versions) implements RootKey {
    HeldVersions {
        versions = List.copyOf(versions);
    }

    @Override
    public String version() {
        return versions.getLast().name();
    }

    @Override
    public Optional<SecretKey> key(String version) {
        for (RootKeyVersion each : versions) {
            if (each.name().equals(version)) {
                return Optional.of(each.key());
            }
        }
        return Optional.empty();
    }

    boolean hasTheNamesOf(HeldVersions other) {
        return names().equals(other.names());
    }

    private List<String> names() {
        return versions.stream().map(RootKeyVersion::name).toList();
    }
}
