package io.countersign.signing;

/** The result of checking a signature. */
public sealed interface SignatureCheck {
    /** The holder of the secret signed this request. */
    record Matches() implements SignatureCheck {}

    /**
     * The signature is for another request or was made with another secret.
     *
     * @param form the stages of the expected signature; the expected signature itself is never revealed
     */
    record Mismatch(CanonicalForm form) implements SignatureCheck {}
}
