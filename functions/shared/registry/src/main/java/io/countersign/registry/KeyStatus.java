package io.countersign.registry;

import java.util.Optional;

/** The life of an access key: each status is followed by later ones only, save that an imported key may be set Active and Inactive at will. */
public enum KeyStatus {
    /** Verifies, and may sign. */
    ACTIVE("Active"),
    /** Verifies what it signed before, and never signs again. */
    RETIRING("Retiring"),
    /** Neither signs nor verifies. */
    INACTIVE("Inactive"),
    /** A tombstone: the secret is gone, and the id is never used again. */
    DELETED("Deleted");

    private final String text;

    KeyStatus(String text) {
        this.text = text;
    }

    /** As the manifest, RAM and the store write it. */
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
