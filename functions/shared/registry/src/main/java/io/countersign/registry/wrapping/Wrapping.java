package io.countersign.registry.wrapping;

import io.countersign.registry.sealing.RootKey;
import io.countersign.registry.sealing.SealingException;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.crypto.spec.SecretKeySpec;

/**
 * Makes and opens versions of the root key. The purpose of a key and its version are the encryption context of both, so that no other ciphertext of the same
 * wrapping key, and no other version, is accepted in its place.
 */
record Wrapping(KeyWrapper wrapper) {
    private static final int KEY_BYTES = 32;
    private static final String PURPOSE = "countersign registry root key";

    record Made(WrappedKey wrapped, RootKey.Version opened) {}

    /** Returns a new key, wrapped and in plain form. */
    Made make(String version) throws SealingException {
        KeyWrapper.Generated generated = wrapper.generate(context(version));
        if (!WrappedKey.isPossible(generated.wrapped())) {
            throw KmsFailure.MALFORMED.of(wrapper.keyId());
        }
        return new Made(WrappedKey.of(version, generated.wrapped()), opened(version, generated.plain()));
    }

    RootKey.Version open(WrappedKey wrapped) throws SealingException {
        return opened(wrapped.version(), wrapper.unwrap(wrapped.bytes(), context(wrapped.version())));
    }

    private RootKey.Version opened(String version, byte[] key) throws SealingException {
        if (key.length != KEY_BYTES) {
            throw KmsFailure.MALFORMED.of(wrapper.keyId());
        }
        return new RootKey.Version(version, new SecretKeySpec(key, "AES"));
    }

    private static SortedMap<String, String> context(String version) {
        return new TreeMap<>(Map.of("purpose", PURPOSE, "version", version));
    }
}
