package io.countersign.identity;

import io.countersign.json.InvalidDocumentException;
import io.countersign.json.Members;
import io.countersign.json.Value;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;

/**
 * The public keys of a provider (a JSON Web Key Set, RFC 7517). Keys of kinds that are not taken here are passed over, as RFC 7517 5 wants it; of those that
 * remain exactly one must fit a token.
 */
final class KeySet {
    /** Keys in one set (DESIGN, JWKS). */
    static final int MAX_KEYS = 50;

    private final List<SetKey> keys;

    private KeySet(List<SetKey> keys) {
        this.keys = List.copyOf(keys);
    }

    /** @throws InvalidDocumentException when the value is not a key set or has too many keys */
    static KeySet of(Value jwks) throws InvalidDocumentException {
        Members members = Members.of(jwks);
        List<Value> values = Members.array(members.required("keys"));
        if (values.size() > MAX_KEYS) {
            throw new InvalidDocumentException(
                    jwks.at(), "the key set has more than " + MAX_KEYS + " keys; take out those that are not in use");
        }
        List<SetKey> keys = new ArrayList<>();
        for (Value value : values) {
            SetKey.of(value).ifPresent(keys::add);
        }
        return new KeySet(keys);
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
    PublicKey keyFor(TokenHeader header) throws CallerRefusal {
        List<SetKey> fitting = keys.stream().filter(key -> key.fits(header)).toList();
        if (fitting.size() == 1) {
            return fitting.getFirst().publicKey();
        }
        throw new CallerRefusal(
                CallerError.UNKNOWN_KEY,
                fitting.isEmpty()
                        ? "The provider's key set has no key that fits the token's key id and algorithm; register the provider's present keys."
                        : "More than one key of the provider fits the token; have it issued with a \"kid\".");
    }
}
