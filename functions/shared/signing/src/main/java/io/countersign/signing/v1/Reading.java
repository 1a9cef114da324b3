package io.countersign.signing.v1;

import java.util.List;

/**
 * How a signer treats what is empty; signers differ (protocol.md 1.1, 1.2).
 *
 * @param emptyHeaders whether an {@code x-oss-*} header without a value is signed as {@code name:}; else it is left out
 * @param emptyAssigned whether {@code ?k=} is signed as {@code k=}; else as {@code k}
 */
record Reading(boolean emptyHeaders, boolean emptyAssigned) {
    /** What most signers do, what Countersign signs and what a mismatch shows. */
    static final Reading USUAL = new Reading(true, false);

    static final List<Reading> ONLY_USUAL = List.of(USUAL);
}
