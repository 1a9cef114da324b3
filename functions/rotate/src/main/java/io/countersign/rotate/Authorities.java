package io.countersign.rotate;

import io.countersign.registry.Authority;
import io.countersign.registry.sealing.Sealer;
import io.countersign.registry.store.RegistryStore;
import io.countersign.rotate.ram.RamClient;
import java.security.SecureRandom;

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

    KeyAuthority of(Holder holder) {
        return isRam(holder) ? ram : registry;
    }

    /** Whether keys of the holder are out of use only when another service has been told so. */
    static boolean isRam(Holder holder) {
        return holder.authority() == Authority.RAM;
    }
}
