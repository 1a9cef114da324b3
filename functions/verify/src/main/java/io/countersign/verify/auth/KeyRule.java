package io.countersign.verify.auth;

import java.util.Optional;

/** Which keys may pass, by what stands behind the proxy. */
public enum KeyRule {
    /** Files: keys that a file server would fold into another path are refused. */
    FILE("file"),
    /** Objects: a store that keeps keys literally, so every key may pass. */
    OBJECT("object");

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
