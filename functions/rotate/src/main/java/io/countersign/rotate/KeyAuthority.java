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
 * The service that creates, deactivates and deletes a user's access keys: this registry, or another service, which is called before the registry is written. All
 * calls are idempotent, so that they can be repeated after a crash.
 */
interface KeyAuthority {
    /** Creates a key pair. If the registry never stores the pair, the authority later finds and deletes it. */
    NewKey create(KeyOwner keyOwner, Instant now) throws AuthorityFailure, StoreUnavailable;

    /** Deactivates a key and returns whether the authority holds it; {@link RamClient.Found#GONE} is final. */
    RamClient.Found deactivate(KeyOwner keyOwner, String accessKeyId, Instant now)
            throws AuthorityFailure, StoreUnavailable;

    void delete(KeyOwner keyOwner, String accessKeyId, Instant now) throws AuthorityFailure, StoreUnavailable;

    /** Deletes the keys that an interrupted creation left behind. While such a creation may still be under way, returns when to try again. */
    default Optional<Instant> settle(KeyOwner keyOwner, Instant now) throws AuthorityFailure, StoreUnavailable {
        return Optional.empty();
    }

    /** The longest time for which verifiers other than this registry's readers may not know a new key. */
    default Duration propagationDelay() {
        return Duration.ZERO;
    }

    /** Refuses all calls, in a deployment without an endpoint of RAM. */
    record NoAuthority() implements KeyAuthority {
        @Override
        public NewKey create(KeyOwner keyOwner, Instant now) throws AuthorityFailure {
            throw unreachable();
        }

        @Override
        public RamClient.Found deactivate(KeyOwner keyOwner, String accessKeyId, Instant now) throws AuthorityFailure {
            throw unreachable();
        }

        @Override
        public void delete(KeyOwner keyOwner, String accessKeyId, Instant now) throws AuthorityFailure {
            throw unreachable();
        }

        private static AuthorityFailure unreachable() {
            return AuthorityFailure.lasting(
                    "RamNotConfigured",
                    "RAM is the authority over the user's keys and no endpoint of RAM is configured; change them at RAM, or configure its endpoint");
        }
    }

    /** The registry itself, which has no other service to call. */
    record RegistryAuthority(SecureRandom random) implements KeyAuthority {
        @Override
        public NewKey create(KeyOwner keyOwner, Instant now) {
            return new NewKey(
                    new AccessKey(NewCredentials.accessKeyId(random), NewCredentials.secret(random)), List.of());
        }

        @Override
        public RamClient.Found deactivate(KeyOwner keyOwner, String accessKeyId, Instant now) {
            return RamClient.Found.THERE;
        }

        @Override
        public void delete(KeyOwner keyOwner, String accessKeyId, Instant now) {}
    }

    /**
     * A key pair that an authority has created.
     *
     * @param with writes for the transaction that stores the pair; when they conflict, another process deals with the pair
     */
    record NewKey(AccessKey pair, List<Write> with) {
        public NewKey {
            with = List.copyOf(with);
        }
    }

    /** Selects the authority over an owner's keys. */
    record Authorities(KeyAuthority registry, KeyAuthority ram) {
        /** Authorities of a deployment that does not call RAM and leaves the keys of RAM's users unchanged. */
        static Authorities registryAlone(SecureRandom random) {
            return new Authorities(new RegistryAuthority(random), new NoAuthority());
        }

        static Authorities with(RamClient ram, RegistryStore store, Sealer sealer, SecureRandom random) {
            KeyOwners keyOwners = new KeyOwners(store);
            return new Authorities(
                    new RegistryAuthority(random),
                    new RamAuthority(ram, new RamSigners(sealer), keyOwners, new Intents(store, keyOwners), random));
        }

        KeyAuthority of(KeyOwner keyOwner) {
            return isRam(keyOwner) ? ram : registry;
        }

        /** Whether another service than the registry must deactivate the owner's keys. */
        static boolean isRam(KeyOwner keyOwner) {
            return keyOwner.authority() == Authority.RAM;
        }
    }
}
