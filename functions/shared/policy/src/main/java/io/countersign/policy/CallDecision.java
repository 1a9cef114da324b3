package io.countersign.policy;

import java.util.Optional;

/** Whether a principal's own policies let it make a call. */
public sealed interface CallDecision {
    record Allowed() implements CallDecision {}

    /** @param statement the Deny that bit; empty when nothing allowed the call */
    record Denied(Optional<StatementRef> statement) implements CallDecision {}

    /** Judging it would take more than {@link Steps#OF_A_REQUEST}: the call is refused. */
    record TooCostly() implements CallDecision {}
}
