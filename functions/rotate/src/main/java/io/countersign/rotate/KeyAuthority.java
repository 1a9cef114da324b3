package io.countersign.rotate;

import io.countersign.registry.Authority;
import io.countersign.registry.NewCredentials;
import io.countersign.registry.sealing.Sealer;
import io.countersign.registry.store.RegistryStore;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.registry.store.Write;
import io.countersign.rotate.ram.RamClient;
import io.countersign.signing.AccessKey;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Who makes the keys of a user and puts them out of use: this registry, or another service that must be told before the registry is. Each call may be made
 * again after a crash, and then changes nothing more.
 */
interface KeyAuthority {
    /** A new pair. When the registry does not come to hold it, the authority finds it again and takes it away. */
    NewKey create(KeyOwner holder, Instant now) throws AuthorityFailure, StoreUnavailable;

    /** Puts a key out of use, and says whether the authority holds it: {@link RamClient.Found#GONE} is the authority's last word on a key. */
    RamClient.Found deactivate(KeyOwner holder, String accessKeyId, Instant now)
            throws AuthorityFailure, StoreUnavailable;

    void delete(KeyOwner holder, String accessKeyId, Instant now) throws AuthorityFailure, StoreUnavailable;

    /** Takes away what a creation has left that ended too long ago to be still on its way; when one may still be, says when to try again. */
    default Optional<Instant> settle(KeyOwner holder, Instant now) throws AuthorityFailure, StoreUnavailable {
        return Optional.empty();
    }

    /** How long after its making a key may be unknown to those who are to take its signatures, besides readers of this registry. */
    default Duration propagationDelay() {
        return Duration.ZERO;
    }

    /** Stands where no way to RAM is configured. */
    record NoAuthority() implements KeyAuthority {
        @Override
        public NewKey create(KeyOwner holder, Instant now) throws AuthorityFailure {
            throw unreachable();
        }

        @Override
        public RamClient.Found deactivate(KeyOwner holder, String accessKeyId, Instant now) throws AuthorityFailure {
            throw unreachable();
        }

        @Override
        public void delete(KeyOwner holder, String accessKeyId, Instant now) throws AuthorityFailure {
            throw unreachable();
        }

        private static AuthorityFailure unreachable() {
            return AuthorityFailure.lasting(
                    "RamNotConfigured",
                    "the user's keys are RAM's and no way to RAM is configured; change them there, or configure its endpoint");
        }
    }

    /** The registry itself: a key is what it holds, so there is nobody else to tell. */
    record RegistryAuthority(SecureRandom random) implements KeyAuthority {
        @Override
        public NewKey create(KeyOwner holder, Instant now) {
            return new NewKey(
                    new AccessKey(NewCredentials.accessKeyId(random), NewCredentials.secret(random)), List.of());
        }

        @Override
        public RamClient.Found deactivate(KeyOwner holder, String accessKeyId, Instant now) {
            return RamClient.Found.THERE;
        }

        @Override
        public void delete(KeyOwner holder, String accessKeyId, Instant now) {}
    }

    /**
     * A pair that an authority has made.
     *
     * @param with what must be written in the transaction that stores the pair: when it cannot be, the pair is another's to deal with
     */
    record NewKey(AccessKey pair, List<Write> with) {
        public NewKey {
            with = List.copyOf(with);
        }
    }

    /** Finds the authority over a holder's keys. */
    record Authorities(KeyAuthority registry, KeyAuthority ram) {
        /** A deployment that does not speak to RAM: the keys of its users there are not touched. */
        static Authorities registryAlone(SecureRandom random) {
            return new Authorities(new RegistryAuthority(random), new NoAuthority());
        }

        static Authorities with(RamClient ram, RegistryStore store, Sealer sealer, SecureRandom random) {
            Holders holders = new Holders(store);
            return new Authorities(
                    new RegistryAuthority(random),
                    new RamAuthority(ram, new RamSigners(sealer), holders, new Intents(store, holders), random));
        }

        KeyAuthority of(KeyOwner holder) {
            return isRam(holder) ? ram : registry;
        }

        /** Whether keys of the holder are out of use only when another service has been told so. */
        static boolean isRam(KeyOwner holder) {
            return holder.authority() == Authority.RAM;
        }
    }
}
