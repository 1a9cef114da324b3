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
import java.util.concurrent.ConcurrentHashMap;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.lang.HashUtil;
import org.jose4j.lang.JoseException;

/**
 * The public keys of a provider: a JSON Web Key Set (RFC 7517). Keys of unsupported types are ignored, as RFC 7517 5 requires; exactly one of the others must fit a
 * token.
 */
final class Jwks {
    /** The most keys of a set. */
    static final int MAX_KEYS = 50;

    private final List<Jwk> keys;

    /** The keys that were decoded, by their place in the set. */
    private final Map<Integer, VerifyingKey> decoded = new ConcurrentHashMap<>();

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

    /** Whether the set has a key with this id, of any type. */
    boolean has(String keyId) {
        return keys.stream().anyMatch(key -> key.hasId(keyId));
    }

    /**
     * The key that verifies a token with this header: the one with its {@code kid}, or, without a {@code kid}, the only one that fits the algorithm.
     *
     * @throws CallerRefusal UnknownKey when no key or more than one fits, or the key is too weak or malformed
     */
    VerifyingKey keyFor(CompactToken.Header header) throws CallerRefusal {
        int fitting = -1;
        for (int place = 0; place < keys.size(); place++) {
            if (keys.get(place).fits(header)) {
                if (fitting >= 0) {
                    throw new CallerRefusal(
                            CallerRefusal.Code.UNKNOWN_KEY,
                            "More than one key of the provider fits the token; have it issued with a \"kid\".");
                }
                fitting = place;
            }
        }
        if (fitting < 0) {
            throw new CallerRefusal(
                    CallerRefusal.Code.UNKNOWN_KEY,
                    "The provider's key set has no key that fits the token's key id and algorithm; register the provider's current keys.");
        }
        return decoded(fitting);
    }

    /** Decodes a key once. A key that cannot be used is refused each time. */
    private VerifyingKey decoded(int place) throws CallerRefusal {
        VerifyingKey known = decoded.get(place);
        if (known != null) {
            return known;
        }
        VerifyingKey key = keys.get(place).verifyingKey();
        decoded.put(place, key);
        return key;
    }

    /**
     * A key that verifies tokens.
     *
     * @param thumbprint the SHA-256 thumbprint of the key (RFC 7638), in base64url
     */
    record VerifyingKey(PublicKey key, String thumbprint) {}

    /**
     * One key of a set. Its numbers are decoded on first use.
     *
     * @param numbers the members of the public key, without private members and certificates
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

        /** Empty when a member is missing or has a wrong type, so that one malformed key does not disable the set. */
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

        /** Compares the id, if the token has one, the type, and the declared use of the key. */
        boolean fits(CompactToken.Header header) {
            return header.keyId().map(this::hasId).orElse(true)
                    && header.algorithm().fits(type, curve)
                    && algorithm.map(header.algorithm().text()::equals).orElse(true)
                    && use.map("sig"::equals).orElse(true)
                    && operations.map(list -> list.contains("verify")).orElse(true);
        }

        /** @throws CallerRefusal UnknownKey when the key is too weak, or its members do not make a key */
        VerifyingKey verifyingKey() throws CallerRefusal {
            try {
                PublicJsonWebKey jwk = PublicJsonWebKey.Factory.newPublicJwk(Map.copyOf(numbers));
                PublicKey key = jwk.getPublicKey();
                if (key instanceof RSAPublicKey rsa && !isStrong(rsa)) {
                    throw unusable("an RSA key must have from " + MIN_RSA_BITS + " to " + MAX_RSA_BITS + " bits");
                }
                return new VerifyingKey(key, jwk.calculateBase64urlEncodedThumbprint(HashUtil.SHA_256));
            } catch (JoseException | RuntimeException e) {
                throw unusable("its members do not make a public key");
            }
        }

        private static boolean isStrong(RSAPublicKey key) {
            int bits = key.getModulus().bitLength();
            return bits >= MIN_RSA_BITS && bits <= MAX_RSA_BITS;
        }

        private static CallerRefusal unusable(String reason) {
            return new CallerRefusal(
                    CallerRefusal.Code.UNKNOWN_KEY,
                    "The provider's key for this token cannot be used: " + reason + ".");
        }
    }
}
