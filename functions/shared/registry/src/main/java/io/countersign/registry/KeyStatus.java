package io.countersign.registry;

import java.util.Optional;

/**
 * The status of an access key. A status is followed by later ones only, except that an imported key may change between
 * Active and Inactive.
 */
public enum KeyStatus {
    /** Verifies, and may sign. */
    ACTIVE("Active"),
    /** Verifies signatures that it made before, and signs no more. */
    RETIRING("Retiring"),
    /** Neither signs nor verifies. */
    INACTIVE("Inactive"),
    /** A tombstone: the secret is removed, and the id is never used again. */
    DELETED("Deleted");

    private final String text;

    KeyStatus(String text) {
        this.text = text;
    }

    /** The name in manifests, in RAM and in the store. */
    public String text() {
        return text;
    }

    /** Whether a request signed with such a key may be accepted. */
    public boolean verifies() {
        return switch (this) {
            case ACTIVE, RETIRING -> true;
            case INACTIVE, DELETED -> false;
        };
    }

    public static Optional<KeyStatus> of(String text) {
        for (KeyStatus status : values()) {
            if (status.text.equals(text)) {
                return Optional.of(status);
            }
        }
        return Optional.empty();
    }
}
