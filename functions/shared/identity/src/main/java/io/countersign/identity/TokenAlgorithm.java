package io.countersign.identity;

import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import java.util.Optional;

/** The signature algorithms that are taken (DESIGN, JWT), each bound to the one type of key that it may be checked with. */
enum TokenAlgorithm {
    RS256(SignatureAlgorithm.RS256),
    PS256(SignatureAlgorithm.PS256),
    ES256(SignatureAlgorithm.ES256),
    EDDSA(SignatureAlgorithm.EDDSA);

    private final SignatureAlgorithm algorithm;

    TokenAlgorithm(SignatureAlgorithm algorithm) {
        this.algorithm = algorithm;
    }

    /** The name as {@code alg} writes it. */
    String text() {
        return algorithm.getAlgorithm();
    }

    /** Whether a key of this type (and curve, where the type has curves) may check this algorithm's signatures. */
    boolean fits(String type, Optional<String> curve) {
        return switch (this) {
            case RS256, PS256 -> type.equals("RSA");
            case ES256 -> type.equals("EC") && curve.equals(Optional.of("P-256"));
            case EDDSA ->
                type.equals("OKP") && (curve.equals(Optional.of("Ed25519")) || curve.equals(Optional.of("Ed448")));
        };
    }

    /** The algorithm of this exact name: {@code alg} knows upper and lower case. */
    static Optional<TokenAlgorithm> of(String name) {
        for (TokenAlgorithm algorithm : values()) {
            if (algorithm.text().equals(name)) {
                return Optional.of(algorithm);
            }
        }
        return Optional.empty();
    }
}
