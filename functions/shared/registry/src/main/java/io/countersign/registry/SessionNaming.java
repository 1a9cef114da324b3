package io.countersign.registry;

import java.util.Optional;

/** After whom AssumeRoleWithOIDC names a session of a role. */
public enum SessionNaming {
    /** After the token's {@code sub}, as {@code /token} names it: the provider vouches for the name. */
    SUBJECT("subject"),
    /** As the caller asks, as Alibaba Cloud's STS names it: nobody vouches for the name. */
    CALLER("caller");

    private final String text;

    SessionNaming(String text) {
        this.text = text;
    }

    public String text() {
        return text;
    }

    public static Optional<SessionNaming> of(String text) {
        for (SessionNaming naming : values()) {
            if (naming.text.equals(text)) {
                return Optional.of(naming);
            }
        }
        return Optional.empty();
    }
}
