package io.countersign.verify.explain;

import io.countersign.signing.CanonicalForm;
import java.util.List;
import java.util.Optional;

/**
 * An explanation of a decision.
 *
 * @param canonical the text that the signature covers; absent when the request is not signed or its signature is malformed
 * @param comparisons that form compared with the client's, if the client reported one
 * @param cause the cause of the refusal; absent exactly when the request is allowed
 */
public record Explained(Optional<CanonicalForm> canonical, List<Comparison> comparisons, Optional<Cause> cause) {
    /** No explanation was requested. */
    public static final Explained NOTHING = new Explained(Optional.empty(), List.of(), Optional.empty());

    public Explained {
        comparisons = List.copyOf(comparisons);
    }

    /**
     * The cause of a refusal.
     *
     * @param code a stable identifier: {@code ContentType}, {@code ClockSkew}
     * @param sentence the problem and the next step; it contains no secret, no security token and no signature
     * @param page the official page about the cause, if there is one
     */
    public record Cause(String code, String sentence, Optional<String> page) {
        /** A cause without a page. */
        public Cause(String code, String sentence) {
            this(code, sentence, Optional.empty());
        }
    }

    /** The text that the client says it signed. It is trusted only where the signature matches it. */
    public record ClientForm(Optional<String> stringToSign, Optional<String> canonicalRequest) {
        /** The client reports nothing. */
        public static final ClientForm UNKNOWN = new ClientForm(Optional.empty(), Optional.empty());

        /** The most characters of either text: more than any accepted request produces. */
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
