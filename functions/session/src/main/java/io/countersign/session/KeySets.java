package io.countersign.session;

import io.countersign.json.InvalidDocumentException;
import io.countersign.json.Values;
import io.countersign.registry.JwksSource;
import io.countersign.registry.OidcProvider;

/** Has the key set of a provider from wherever the provider keeps it. */
final class KeySets {
    /** @throws CallerRefusal KeysUnavailable when the keys cannot be had */
    KeySet of(OidcProvider provider) throws CallerRefusal {
        return switch (provider.jwks()) {
            case JwksSource.Inline inline -> inline(inline.json());
            case JwksSource.At at ->
                throw unavailable(
                        "The provider's keys are registered by address, which is not read; register them inline as jwks.");
        };
    }

    private static KeySet inline(String json) throws CallerRefusal {
        try {
            return KeySet.of(Values.parse(json));
        } catch (InvalidDocumentException e) {
            throw unavailable("The provider's registered keys are not a key set; correct them in the registry.");
        }
    }

    private static CallerRefusal unavailable(String message) {
        return new CallerRefusal(CallerError.KEYS_UNAVAILABLE, message);
    }
}
