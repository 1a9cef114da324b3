package io.countersign.registry;

import io.countersign.registry.sealing.RootKey;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/** A root key for tests: all its bytes are the same. */
public record TestRootKey(String version, int filled) implements RootKey {
    public static final TestRootKey ONE = new TestRootKey("test-1", 1);

    @Override
    public Optional<SecretKey> key(String wanted) {
        byte[] bytes = new byte[32];
        Arrays.fill(bytes, (byte) filled);
        return wanted.equals(version) ? Optional.of(new SecretKeySpec(bytes, "AES")) : Optional.empty();
    }
}
