package io.countersign.policy;

import java.util.Locale;

/** What a step of a decision said. */
public enum Outcome {
    /** A check held; the next step goes on. */
    PASS,
    /** This step gave the right. */
    ALLOW,
    /** This step refused. */
    DENY,
    /** This step had nothing to say. */
    NO_MATCH;

    /** As an answer writes it: {@code no-match}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
