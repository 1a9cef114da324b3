package io.countersign.policy;

/** A filled policy cannot be written down in RAM's grammar so that it says the same. The message names the place and never a claim's value. */
public final class InexpressiblePolicyException extends Exception {
    private static final long serialVersionUID = 1L;

    InexpressiblePolicyException(String message) {
        super(message, null, false, false);
    }
}
