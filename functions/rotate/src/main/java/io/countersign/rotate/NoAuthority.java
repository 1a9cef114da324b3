package io.countersign.rotate;

import io.countersign.rotate.ram.Found;
import java.time.Instant;

/** Stands where no way to RAM is configured. */
record NoAuthority() implements KeyAuthority {
    @Override
    public NewKey create(Holder holder, Instant now) throws AuthorityFailure {
        throw unreachable();
    }

    @Override
    public Found deactivate(Holder holder, String accessKeyId, Instant now) throws AuthorityFailure {
        throw unreachable();
    }

    @Override
    public void delete(Holder holder, String accessKeyId, Instant now) throws AuthorityFailure {
        throw unreachable();
    }

    private static AuthorityFailure unreachable() {
        return AuthorityFailure.lasting(
                "RamNotConfigured",
                "the user's keys are RAM's and no way to RAM is configured; change them there, or configure its endpoint");
    }
}
