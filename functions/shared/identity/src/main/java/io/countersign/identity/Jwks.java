package io.countersign.identity;

import io.countersign.json.InvalidDocumentException;
import io.countersign.json.Members;
import io.countersign.json.Value;
import java.security.PublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.lang.JoseException;

/**
 * The public keys of a provider (a JSON Web Key Set, RFC 7517). Keys of kinds that are not taken here are passed over, as RFC 7517 5 wants it; of those that
 * remain exactly one must fit a token.
 */
final class Jwks {
    /** Keys in one set (DESIGN, JWKS). */
    static final int MAX_KEYS = 50;

    private final List<Jwk> keys;

    private Jwks(List<Jwk> keys) {
        this.keys = List.copyOf(keys);
    }

    /** @throws InvalidDocumentException when the value is not a key set or has too many keys */
    static Jwks of(Value jwks) throws InvalidDocumentException {
        Members members = Members.of(jwks);
        List<Value> values = Members.array(members.required("keys"));
        if (values.size() > MAX_KEYS) {
            throw new InvalidDocumentException(
                    jwks.at(), "the key set has more than " + MAX_KEYS + " keys; take out those that are not in use");
        }
        List<Jwk> keys = new ArrayList<>();
        for (Value value : values) {
            Jwk.of(value).ifPresent(keys::add);
        }
        return new Jwks(keys);
    }

    /** Whether a key of this id is in the set, whatever its kind. */
    boolean has(String keyId) {
        return keys.stream().anyMatch(key -> key.hasId(keyId));
    }

    /**
     * The one key that a token of this header is checked with: by {@code kid}; without one, the only key of the set that fits the algorithm.
     *
     * @throws CallerRefusal UnknownKey when none or more than one fits; InvalidToken when the one that fits is too weak or not a key at all
     */
    PublicKey keyFor(CompactToken.TokenHeader header) throws CallerRefusal {
        List<Jwk> fitting = keys.stream().filter(key -> key.fits(header)).toList();
        if (fitting.size() == 1) {
            return fitting.getFirst().publicKey();
        }
        throw new CallerRefusal(
                CallerRefusal.Code.UNKNOWN_KEY,
                fitting.isEmpty()
                        ? "The provider's key set has no key that fits the token's key id and algorithm; register the provider's present keys."
                        : "More than one key of the provider fits the token; have it issued with a \"kid\".");
    }

    /**
     * One key of a set, its numbers not looked at before it is needed.
     *
     * @param numbers the members that make the public key; private ones and certificates are left behind
     */
    record Jwk(
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

        Jwk {
            numbers = Map.copyOf(numbers);
        }

        /** Empty when a member is missing or of a wrong type: one odd key must not close a whole set. */
        static Optional<Jwk> of(Value value) {
            try {
                return Optional.of(read(Members.of(value)));
            } catch (InvalidDocumentException e) {
                return Optional.empty();
            }
        }

        private static Jwk read(Members members) throws InvalidDocumentException {
            Map<String, String> numbers = new HashMap<>();
            for (String name : PUBLIC_MEMBERS) {
                members.optionalString(name).ifPresent(text -> numbers.put(name, text));
            }
            Optional<Value> operations = members.optional("key_ops");
            return new Jwk(
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
        boolean fits(CompactToken.TokenHeader header) {
            return header.keyId().map(this::hasId).orElse(true)
                    && header.algorithm().fits(type, curve)
                    && algorithm.map(header.algorithm().text()::equals).orElse(true)
                    && use.map("sig"::equals).orElse(true)
                    && operations.map(list -> list.contains("verify")).orElse(true);
        }

        PublicKey publicKey() throws CallerRefusal {
            try {
                PublicKey key = PublicJsonWebKey.Factory.newPublicJwk(Map.copyOf(numbers))
                        .getPublicKey();
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
                    CallerRefusal.Code.UNKNOWN_KEY, "The provider's key for this token cannot be used: " + why + ".");
        }
    }
}
