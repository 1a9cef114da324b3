package io.countersign.verify.forwardauth;

import java.util.Optional;

/** Which keys may pass, by what stands behind the proxy and how that learns the key. */
public enum KeyRule {
    /** Files, named by {@code X-Countersign-Resource}: keys that a file server would fold into another path are refused. */
    FILE("file"),
    /** Objects, named by {@code X-Countersign-Resource}: a store that keeps keys literally, so every key may pass. */
    OBJECT("object"),
    /** Whatever reads the client's URL once more: as for files, and the URL must be written in the one way that all read alike. */
    URI("uri");

    private final String text;

    KeyRule(String text) {
        this.text = text;
    }

    /** As settings write it. */
    public String text() {
        return text;
    }

    public static Optional<KeyRule> of(String text) {
        for (KeyRule rule : values()) {
            if (rule.text.equals(text)) {
                return Optional.of(rule);
            }
        }
        return Optional.empty();
    }
}
