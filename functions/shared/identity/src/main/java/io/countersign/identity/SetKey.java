package io.countersign.identity;

import io.countersign.json.InvalidDocumentException;
import io.countersign.json.Members;
import io.countersign.json.Value;
import java.security.PublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.lang.JoseException;

/**
 * One key of a set, its numbers not looked at before it is needed.
 *
 * @param numbers the members that make the public key; private ones and certificates are left behind
 */
record SetKey(
        Optional<String> id,
        String type,
        Optional<String> curve,
        Optional<String> algorithm,
        Optional<String> use,
        Optional<List<String>> operations,
        Map<String, String> numbers) {
    private static final int MIN_RSA_BITS = 2048;
    private static final int MAX_RSA_BITS = 8192;
    private static final List<String> PUBLIC_MEMBERS = List.of("kty", "crv", "n", "e", "x", "y");

    SetKey {
        numbers = Map.copyOf(numbers);
    }

    /** Empty when a member is missing or of a wrong type: one odd key must not close a whole set. */
    static Optional<SetKey> of(Value value) {
        try {
            return Optional.of(read(Members.of(value)));
        } catch (InvalidDocumentException e) {
            return Optional.empty();
        }
    }

    private static SetKey read(Members members) throws InvalidDocumentException {
        Map<String, String> numbers = new HashMap<>();
        for (String name : PUBLIC_MEMBERS) {
            members.optionalString(name).ifPresent(text -> numbers.put(name, text));
        }
        Optional<Value> operations = members.optional("key_ops");
        return new SetKey(
                members.optionalString("kid"),
                members.string("kty"),
                members.optionalString("crv"),
                members.optionalString("alg"),
                members.optionalString("use"),
                operations.isEmpty() ? Optional.empty() : Optional.of(Members.strings(operations.get())),
                numbers);
    }

    boolean hasId(String keyId) {
        return id.filter(keyId::equals).isPresent();
    }

    /** By id when the token names one, by type, and by what the key itself says that it is for. */
    boolean fits(TokenHeader header) {
        return header.keyId().map(this::hasId).orElse(true)
                && header.algorithm().fits(type, curve)
                && algorithm.map(header.algorithm().text()::equals).orElse(true)
                && use.map("sig"::equals).orElse(true)
                && operations.map(list -> list.contains("verify")).orElse(true);
    }

    PublicKey publicKey() throws CallerRefusal {
        try {
            PublicKey key =
                    PublicJsonWebKey.Factory.newPublicJwk(Map.copyOf(numbers)).getPublicKey();
            if (key instanceof RSAPublicKey rsa && !isStrong(rsa)) {
                throw unusable("an RSA key must have from " + MIN_RSA_BITS + " to " + MAX_RSA_BITS + " bits");
            }
            return key;
        } catch (JoseException | RuntimeException e) {
            throw unusable("its members do not make a public key");
        }
    }

    private static boolean isStrong(RSAPublicKey key) {
        int bits = key.getModulus().bitLength();
        return bits >= MIN_RSA_BITS && bits <= MAX_RSA_BITS;
    }

    private static CallerRefusal unusable(String why) {
        return new CallerRefusal(
                CallerError.UNKNOWN_KEY, "The provider's key for this token cannot be used: " + why + ".");
    }
}
