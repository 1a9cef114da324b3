package io.countersign.lambda;

import io.countersign.registry.sealing.RootKey;
import io.countersign.registry.sealing.RootKeyRing;
import io.countersign.registry.sealing.SealingException;
import java.util.Optional;
import javax.crypto.SecretKey;

/** Something that is made when it is first asked for, and then kept. What could not be made is tried again the next time. */
final class Lazy<T, E extends Exception> {
    /** Makes it. */
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

    /** Empty as long as nobody asked for it. */
    synchronized Optional<T> made() {
        return made;
    }

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
}
