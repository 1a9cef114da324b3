package io.countersign.gateway.cli;

import io.countersign.registry.sealing.RootKey;
import java.security.SecureRandom;
import java.util.Optional;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/** A root key that is not stored, for a dry run: the ciphertexts are discarded. */
final class PassingRootKey implements RootKey {
    private static final String VERSION = "passing";
    private static final int BYTES = 32;

    private final SecretKey key;

    PassingRootKey(SecureRandom random) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        this.key = new SecretKeySpec(bytes, "AES");
    }

    @Override
    public String version() {
        return VERSION;
    }

    @Override
    public Optional<SecretKey> key(String version) {
        return version.equals(VERSION) ? Optional.of(key) : Optional.empty();
    }
}
