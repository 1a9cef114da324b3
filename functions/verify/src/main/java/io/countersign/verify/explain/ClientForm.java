package io.countersign.verify.explain;

import java.util.Optional;

/** What the client says it signed; it is believed only where the signature proves it. */
public record ClientForm(Optional<String> stringToSign, Optional<String> canonicalRequest) {
    /** The client says nothing. */
    public static final ClientForm UNKNOWN = new ClientForm(Optional.empty(), Optional.empty());

    /** Characters of either at most: more than any request that is taken here gives. */
    public static final int MAX_LENGTH = 64 * 1024;

    /** @throws IllegalArgumentException when one is longer than {@link #MAX_LENGTH} */
    public ClientForm {
        if (stringToSign.orElse("").length() > MAX_LENGTH
                || canonicalRequest.orElse("").length() > MAX_LENGTH) {
            throw new IllegalArgumentException("a client's form has at most " + MAX_LENGTH + " characters");
        }
    }
}
