package io.countersign.verify.explain;

import io.countersign.signing.CanonicalForm;
import java.util.List;
import java.util.Optional;

/**
 * What an explanation adds to an answer.
 *
 * @param canonical what the signature goes over; absent when the request is not signed, or its signature cannot be read
 * @param comparisons that form beside the client's, if the client told one
 * @param cause why the request was refused; absent exactly when it was not
 */
public record Explained(Optional<CanonicalForm> canonical, List<Comparison> comparisons, Optional<Cause> cause) {
    /** Nobody asked. */
    public static final Explained NOTHING = new Explained(Optional.empty(), List.of(), Optional.empty());

    public Explained {
        comparisons = List.copyOf(comparisons);
    }

    /**
     * Why a request was refused.
     *
     * @param code a word for programs: {@code ContentType}, {@code ClockSkew}
     * @param sentence what happened and what to do next; it holds no secret, no security token and no signature
     * @param page the official page about it, where there is one
     */
    public record Cause(String code, String sentence, Optional<String> page) {
        /** One that no page speaks of. */
        public Cause(String code, String sentence) {
            this(code, sentence, Optional.empty());
        }
    }

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
}
