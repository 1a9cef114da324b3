package io.countersign.lambda;

import io.countersign.registry.sealing.RootKey;
import io.countersign.registry.sealing.RootKeyRing;
import io.countersign.registry.sealing.SealingException;
import java.util.Optional;
import javax.crypto.SecretKey;

/** The root key, unwrapped when the first secret is opened: a request without one needs no KMS. */
record LazyRootKey(Lazy<RootKeyRing, SealingException> ring) implements RootKey {
    @Override
    public String version() throws SealingException {
        return ring.get().version();
    }

    @Override
    public Optional<SecretKey> key(String version) throws SealingException {
        return ring.get().key(version);
    }
}
