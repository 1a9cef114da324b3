package io.countersign.rotate;

import io.countersign.registry.store.StoreUnavailable;
import io.countersign.rotate.ram.Found;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Who makes the keys of a user and puts them out of use: this registry, or another service that must be told before the registry is. Each call may be made
 * again after a crash, and then changes nothing more.
 */
interface KeyAuthority {
    /** A new pair. When the registry does not come to hold it, the authority finds it again and takes it away. */
    NewKey create(Holder holder, Instant now) throws AuthorityFailure, StoreUnavailable;

    /** Puts a key out of use, and says whether the authority holds it: {@link Found#GONE} is the authority's last word on a key. */
    Found deactivate(Holder holder, String accessKeyId, Instant now) throws AuthorityFailure, StoreUnavailable;

    void delete(Holder holder, String accessKeyId, Instant now) throws AuthorityFailure, StoreUnavailable;

    /** Takes away what a creation has left that ended too long ago to be still on its way; when one may still be, says when to try again. */
    default Optional<Instant> settle(Holder holder, Instant now) throws AuthorityFailure, StoreUnavailable {
        return Optional.empty();
    }

    /** How long after its making a key may be unknown to those who are to take its signatures, besides readers of this registry. */
    default Duration spreads() {
        return Duration.ZERO;
    }
}
