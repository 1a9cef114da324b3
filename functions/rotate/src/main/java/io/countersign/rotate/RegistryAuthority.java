package io.countersign.rotate;

import io.countersign.registry.NewCredentials;
import io.countersign.rotate.ram.Found;
import io.countersign.signing.AccessKey;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;

/** The registry itself: a key is what it holds, so there is nobody else to tell. */
record RegistryAuthority(SecureRandom random) implements KeyAuthority {
    @Override
    public NewKey create(Holder holder, Instant now) {
        return new NewKey(new AccessKey(NewCredentials.accessKeyId(random), NewCredentials.secret(random)), List.of());
    }

    @Override
    public Found deactivate(Holder holder, String accessKeyId, Instant now) {
        return Found.THERE;
    }

    @Override
    public void delete(Holder holder, String accessKeyId, Instant now) {}
}
