package io.countersign.registry;

import java.util.Optional;

/** The authority that makes the keys of a user or the sessions of a role. */
public enum Authority {
    /** This registry. */
    REGISTRY("registry"),
    /** Users only: Alibaba Cloud's RAM, through its API. */
    RAM("ram"),
    /** Roles only: Alibaba Cloud's STS, through AssumeRole. */
    STS("sts");

    private final String text;

    Authority(String text) {
        this.text = text;
    }

    public String text() {
        return text;
    }

    public static Optional<Authority> of(String text) {
        for (Authority authority : values()) {
            if (authority.text.equals(text)) {
                return Optional.of(authority);
            }
        }
        return Optional.empty();
    }
}
