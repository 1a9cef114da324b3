package io.countersign.registry;

import java.util.Optional;

/** Where an access key's secret came from. */
public enum KeyOrigin {
    /** The manifest gave it, so the manifest may also say whether it is Active. */
    IMPORTED("imported"),
    /** Made here, by apply or by rotation. */
    MADE("made");

    private final String text;

    KeyOrigin(String text) {
        this.text = text;
    }

    public String text() {
        return text;
    }

    public static Optional<KeyOrigin> of(String text) {
        for (KeyOrigin origin : values()) {
            if (origin.text.equals(text)) {
                return Optional.of(origin);
            }
        }
        return Optional.empty();
    }
}
