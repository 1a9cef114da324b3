package io.countersign.registry.wrapping;

import io.countersign.registry.sealing.SealingException;
import java.util.Map;

/**
 * A key of a key management service (KMS) that wraps root keys. Each call is bounded in time. A failure says what the operator can do, as {@link KmsFailure}
 * writes it, and contains nothing that was sent or answered.
 */
public interface KeyWrapper {
    /** The name of the wrapping key in messages; no secret. */
    String keyId();

    /**
     * Makes 256 random bits and wraps them.
     *
     * @param context the text that {@link #unwrap} must present again; the service authenticates it and does not store it
     * @throws SealingException when the service refuses, or does not answer in time
     */
    Generated generate(Map<String, String> context) throws SealingException;

    /**
     * Unwraps what this key wrapped.
     *
     * @throws SealingException when another key wrapped it, or the context is another; and as {@link #generate}
     */
    byte[] unwrap(byte[] wrapped, Map<String, String> context) throws SealingException;

    /**
     * A key in plain form, and wrapped.
     *
     * @param wrapped opaque bytes of the service
     */
    record Generated(byte[] plain, byte[] wrapped) {}
}
