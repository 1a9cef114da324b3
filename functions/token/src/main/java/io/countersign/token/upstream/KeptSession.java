package io.countersign.token.upstream;

import io.countersign.token.TemporaryCredentials;
import java.time.Duration;
import java.time.Instant;

/**
 * A session that STS has made.
 *
 * @param askedAt when it was asked for: not after it was made
 */
record KeptSession(TemporaryCredentials credentials, Instant askedAt) {
    /** Whether less than half of its life has gone. A clock that was set back does not make it last longer: distance in either direction counts. */
    boolean isInItsFirstHalf(Instant now) {
        Duration half = Duration.between(askedAt, credentials.expiration()).dividedBy(2);
        return Duration.between(askedAt, now).abs().compareTo(half) < 0;
    }
}
