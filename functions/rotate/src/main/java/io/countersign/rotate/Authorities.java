package io.countersign.rotate;

import io.countersign.registry.Authority;
import java.security.SecureRandom;

/** Finds the authority over a holder's keys. */
record Authorities(KeyAuthority registry, KeyAuthority ram) {
    /** A deployment that does not speak to RAM: the keys of its users there are not touched. */
    static Authorities registryAlone(SecureRandom random) {
        return new Authorities(new RegistryAuthority(random), new NoAuthority());
    }

    KeyAuthority of(Holder holder) {
        return holder.authority() == Authority.RAM ? ram : registry;
    }
}
