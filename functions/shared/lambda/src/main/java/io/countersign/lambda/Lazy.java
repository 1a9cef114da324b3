package io.countersign.lambda;

import io.countersign.registry.sealing.RootKey;
import io.countersign.registry.sealing.RootKeyRing;
import io.countersign.registry.sealing.SealingException;
import java.util.Optional;
import javax.crypto.SecretKey;

/** A value that the first call of {@link #get} makes and later calls share. When making it fails, the next call tries again. */
final class Lazy<T, E extends Exception> {
    /** Makes the value. */
    @FunctionalInterface
    interface Maker<T, E extends Exception> {
        T make() throws E;
    }

    private final Maker<T, E> maker;
    private Optional<T> made = Optional.empty();

    Lazy(Maker<T, E> maker) {
        this.maker = maker;
    }

    synchronized T get() throws E {
        if (made.isEmpty()) {
            made = Optional.of(maker.make());
        }
        return made.get();
    }

    /** Returns the value if it was made already. */
    synchronized Optional<T> made() {
        return made;
    }

    /** A root key that is unwrapped for the first secret, so that requests without a secret need no KMS. */
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
}
