package io.countersign.session;

import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import java.util.Optional;
import java.util.Set;

/** The signature algorithms that are taken (DESIGN, JWT), each bound to the one type of key that it may be checked with. */
enum TokenAlgorithm {
    RS256(SignatureAlgorithm.RS256, "RSA", Set.of()),
    PS256(SignatureAlgorithm.PS256, "RSA", Set.of()),
    ES256(SignatureAlgorithm.ES256, "EC", Set.of("P-256")),
    EDDSA(SignatureAlgorithm.EDDSA, "OKP", Set.of("Ed25519", "Ed448"));

    private final SignatureAlgorithm algorithm;
    private final String keyType;
    private final Set<String> curves;

    TokenAlgorithm(SignatureAlgorithm algorithm, String keyType, Set<String> curves) {
        this.algorithm = algorithm;
        this.keyType = keyType;
        this.curves = curves;
    }

    /** The name as {@code alg} writes it. */
    String text() {
        return algorithm.getAlgorithm();
    }

    /** Whether a key of this type (and curve, where the type has curves) may check this algorithm's signatures. */
    boolean fits(String type, Optional<String> curve) {
        return keyType.equals(type)
                && (curves.isEmpty() || curve.filter(curves::contains).isPresent());
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
