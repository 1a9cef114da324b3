package io.countersign.policy;

import java.util.OptionalInt;

/** What a trust policy says, with the place of the statement that said it, from 0. */
public sealed interface TrustDecision {
    record Admitted(int statement) implements TrustDecision {}

    /** @param statement the Deny that bit; empty when no Allow matched */
    record Refused(OptionalInt statement) implements TrustDecision {}
}
