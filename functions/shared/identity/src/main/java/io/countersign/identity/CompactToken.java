package io.countersign.identity;

import io.countersign.json.InvalidDocumentException;
import io.countersign.json.Members;
import io.countersign.json.Value;
import io.countersign.json.Values;
import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import java.util.List;
import java.util.Optional;

/** A signed token, parsed strictly but not verified. */
record CompactToken(Header header, Value claims) {
    /** The longest token in bytes, which are characters in ASCII. */
    static final int MAX_LENGTH = 8 * 1024;

    static CompactToken of(String text) throws CallerRefusal {
        if (text.length() > MAX_LENGTH) {
            throw refused("The token is longer than " + MAX_LENGTH + " bytes; ask for one with fewer claims.");
        }
        String[] parts = text.split("\\.", -1);
        if (parts.length == 5) {
            throw refused("The token is encrypted, which is not accepted; send a signed one (JWS).");
        }
        if (parts.length != 3) {
            throw refused("The token is not a JWT: it must have three parts separated by dots.");
        }
        Header header = Header.of(json(parts[0], "header"));
        Value claims = json(parts[1], "payload");
        if (decoded(parts[2], "signature").length == 0) {
            throw refused("The token is not signed; send a signed one.");
        }
        return new CompactToken(header, claims);
    }

    private static byte[] decoded(String part, String name) throws CallerRefusal {
        return StrictBase64Url.decoded(part)
                .orElseThrow(() -> refused("The token's " + name + " is not base64url without padding."));
    }

    private static Value json(String part, String name) throws CallerRefusal {
        try {
            return Values.parse(decoded(part, name));
        } catch (InvalidDocumentException e) {
            throw refused("The token's " + name + " is not one strict JSON object: " + e.problem() + ".");
        }
    }

    private static CallerRefusal refused(String message) {
        return new CallerRefusal(CallerRefusal.Code.INVALID_TOKEN, message);
    }

    /** Does not print the claims. */
    @Override
    public String toString() {
        return "CompactToken[" + header + "]";
    }

    /** The accepted signature algorithms, each bound to one type of key. */
    enum Algorithm {
        RS256(SignatureAlgorithm.RS256),
        PS256(SignatureAlgorithm.PS256),
        ES256(SignatureAlgorithm.ES256),
        EDDSA(SignatureAlgorithm.EDDSA);

        private final SignatureAlgorithm algorithm;

        Algorithm(SignatureAlgorithm algorithm) {
            this.algorithm = algorithm;
        }

        /** The value of {@code alg}. */
        String text() {
            return algorithm.getAlgorithm();
        }

        /** Whether a key of this type, and curve if the type has curves, may verify signatures of this algorithm. */
        boolean fits(String type, Optional<String> curve) {
            return switch (this) {
                case RS256, PS256 -> type.equals("RSA");
                case ES256 -> type.equals("EC") && curve.equals(Optional.of("P-256"));
                case EDDSA ->
                    type.equals("OKP") && (curve.equals(Optional.of("Ed25519")) || curve.equals(Optional.of("Ed448")));
            };
        }

        /** The algorithm of this name; {@code alg} is case-sensitive. */
        static Optional<Algorithm> of(String name) {
            for (Algorithm algorithm : values()) {
                if (algorithm.text().equals(name)) {
                    return Optional.of(algorithm);
                }
            }
            return Optional.empty();
        }
    }

    /** The header of a token: the algorithm and the key id of its signature, both untrusted. */
    record Header(Algorithm algorithm, Optional<String> keyId) {
        private static final int MAX_KEY_ID = 256;

        /** Members that change how a token is read, or that contain or reference a key: a token never chooses its key. */
        private static final List<String> REFUSED = List.of("crit", "b64", "zip", "enc", "jku", "jwk", "x5u", "x5c");

        static Header of(Value value) throws CallerRefusal {
            try {
                Members members = Members.of(value);
                for (String name : REFUSED) {
                    if (members.has(name)) {
                        throw new CallerRefusal(
                                CallerRefusal.Code.INVALID_TOKEN,
                                "The token's header has \"" + name
                                        + "\", which is not accepted; have it issued without.");
                    }
                }
                return new Header(algorithm(members.string("alg")), keyId(members));
            } catch (InvalidDocumentException e) {
                throw new CallerRefusal(
                        CallerRefusal.Code.INVALID_TOKEN, "The token's header is not valid: " + e.problem() + ".");
            }
        }

        private static Algorithm algorithm(String name) throws CallerRefusal {
            Optional<Algorithm> algorithm = Algorithm.of(name);
            if (algorithm.isEmpty()) {
                throw new CallerRefusal(
                        CallerRefusal.Code.INVALID_TOKEN,
                        "The token's algorithm is not accepted; have it signed with RS256, PS256, ES256 or EdDSA.");
            }
            return algorithm.get();
        }

        private static Optional<String> keyId(Members members) throws InvalidDocumentException, CallerRefusal {
            Optional<String> keyId = members.optionalString("kid");
            if (keyId.isPresent() && (keyId.get().isEmpty() || keyId.get().length() > MAX_KEY_ID)) {
                throw new CallerRefusal(
                        CallerRefusal.Code.INVALID_TOKEN,
                        "The token's key id must be of 1 to " + MAX_KEY_ID + " characters; have it issued so.");
            }
            return keyId;
        }
    }
}
