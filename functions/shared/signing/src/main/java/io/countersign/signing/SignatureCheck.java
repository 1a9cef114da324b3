package io.countersign.signing;

/** What came of checking a signature. */
public sealed interface SignatureCheck {
    /** The holder of the secret signed this very request. */
    record Matches() implements SignatureCheck {}

    /**
     * Another request was signed, or with another secret.
     *
     * @param form what this request's signature should have been made from; the expected signature itself is never told
     */
    record Mismatch(CanonicalForm form) implements SignatureCheck {}
}
