package io.countersign.identity;

import io.countersign.json.InvalidDocumentException;
import io.countersign.json.Members;
import io.countersign.json.Value;
import java.util.List;
import java.util.Optional;

/** What a token says about its own signature; nothing of it is believed before the signature holds. */
record TokenHeader(TokenAlgorithm algorithm, Optional<String> keyId) {
    private static final int MAX_KEY_ID = 256;

    /** Members that change how a token is read, or that bring or point to a key: a token never chooses its own key. */
    private static final List<String> REFUSED = List.of("crit", "b64", "zip", "enc", "jku", "jwk", "x5u", "x5c");

    static TokenHeader of(Value value) throws CallerRefusal {
        try {
            Members members = Members.of(value);
            for (String name : REFUSED) {
                if (members.has(name)) {
                    throw new CallerRefusal(
                            CallerError.INVALID_TOKEN,
                            "The token's header has \"" + name + "\", which is not taken; have it issued without.");
                }
            }
            return new TokenHeader(algorithm(members.string("alg")), keyId(members));
        } catch (InvalidDocumentException e) {
            throw new CallerRefusal(CallerError.INVALID_TOKEN, "The token's header is not valid: " + e.problem() + ".");
        }
    }

    private static TokenAlgorithm algorithm(String name) throws CallerRefusal {
        Optional<TokenAlgorithm> algorithm = TokenAlgorithm.of(name);
        if (algorithm.isEmpty()) {
            throw new CallerRefusal(
                    CallerError.INVALID_TOKEN,
                    "The token's algorithm is not taken; have it signed with RS256, PS256, ES256 or EdDSA.");
        }
        return algorithm.get();
    }

    private static Optional<String> keyId(Members members) throws InvalidDocumentException, CallerRefusal {
        Optional<String> keyId = members.optionalString("kid");
        if (keyId.isPresent() && (keyId.get().isEmpty() || keyId.get().length() > MAX_KEY_ID)) {
            throw new CallerRefusal(
                    CallerError.INVALID_TOKEN,
                    "The token's key id must be of 1 to " + MAX_KEY_ID + " characters; have it issued so.");
        }
        return keyId;
    }
}
