package io.countersign.registry.wrapping;

import io.countersign.registry.sealing.SealingException;

/** The failures of every key management service, described for the operator. */
public enum KmsFailure {
    MISSING("does not exist in this region and account; configure the right key and region"),
    DISABLED("is disabled; enable it"),
    /** The key is being made, imported or deleted. */
    STATE("cannot be used in its state; cancel its deletion or wait until it is ready"),
    USAGE("is not for encryption; configure a symmetric key"),
    /** Another key wrapped the text, or the text or its context was changed. */
    NOT_OURS("did not wrap this registry's root key, or its record was changed;"
            + " configure the key that the registry was made with"),
    THROTTLED("is throttled longer than the time that was allowed; raise its limits, then try again"),
    SILENT("does not answer; try again"),
    MALFORMED("returned something other than a key of 256 bits; check the endpoint");

    private final String advice;

    KmsFailure(String advice) {
        this.advice = advice;
    }

    public SealingException of(String keyId) {
        return of(keyId, advice);
    }

    /**
     * A refusal for which the operator has to change the rights or the credentials.
     *
     * @param code the service's; no other part of its answer belongs here
     */
    public static SealingException refused(String keyId, String code) {
        return of(
                keyId,
                "refused the request (" + code
                        + "); allow kms:GenerateDataKey and kms:Decrypt on it, and check the credentials");
    }

    /** @param advice says what happened and what to do, and repeats nothing that was sent or answered */
    public static SealingException of(String keyId, String advice) {
        return new SealingException("the KMS key " + keyId + " " + advice);
    }
}
