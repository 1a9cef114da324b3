package io.countersign.identity.limits;

import io.countersign.registry.RoleLimits;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * Holds the subjects of roles to the roles' limits. One process has one object, which all endpoints share.
 *
 * <p>Guarantees:
 *
 * <ul>
 *   <li>In no 60 seconds does a subject get more than its role's limit from this process, whichever endpoints and threads it uses. Other processes count for themselves.
 *   <li>The memory is bounded: at most {@value #MAX_COUNTS} counts of about 180 bytes, whatever callers send. A count has no text of a token, and its place cannot be foreseen.
 *   <li>Flooding this class with other subjects does not give a subject its limit back. Room is made by dropping counts of which nothing counts any longer, and then the count
 *       that has used the smallest share of its limit. A count whose limit is used up is never dropped: where only such counts are left, a new subject is refused. So a count of
 *       N uses is forgotten only after some 160 others have used a larger share of their limits within the same minute, and these others cannot be chosen to share its place; each
 *       of them is a subject that a provider vouches for. Those who can make that many identities get that many limits anyway.
 *   <li>A refused call counts nothing, and evicts nothing.
 * </ul>
 *
 * <p>Never waits: each call holds one of {@value #STRIPES} locks for microseconds. It reads no store, so that it can be the last step of an attempt on an event loop. Call it
 * as the last step, since what is counted stays counted. Safe for any number of threads.
 */
public final class SubjectLimits {
    static final int STRIPES = 1_024;
    static final int MAX_COUNTS = STRIPES * LimitStripe.MAX_COUNTS;

    private final SubjectHash.Seed seed;
    private final LimitStripe[] stripes =
            IntStream.range(0, STRIPES).mapToObj(i -> new LimitStripe()).toArray(LimitStripe[]::new);

    /** @param random draws a seed once, so that nobody can choose subjects that share a lock and its room */
    public SubjectLimits(SecureRandom random) {
        this.seed = SubjectHash.Seed.draw(random);
    }

    /**
     * Counts one session.
     *
     * @throws LimitExceededException when the subject has had its sessions of this minute
     */
    public void session(LimitedSubject subject, RoleLimits limits, Instant now) throws LimitExceededException {
        count(Kind.SESSION, subject, limits.sessionsPerMinute(), 1, now);
    }

    /**
     * Counts signatures: all of them or none.
     *
     * @param signatures 1 or more
     * @throws LimitExceededException when they do not fit into what is left of this minute
     */
    public void signatures(LimitedSubject subject, RoleLimits limits, int signatures, Instant now)
            throws LimitExceededException {
        count(Kind.SIGNATURE, subject, limits.signaturesPerMinute(), signatures, now);
    }

    private void count(Kind kind, LimitedSubject subject, OptionalInt limit, int uses, Instant now)
            throws LimitExceededException {
        if (limit.isEmpty()) {
            return;
        }
        SubjectHash hash = SubjectHash.of(seed, kind, subject);
        stripes[hash.stripe(STRIPES)].count(hash, kind, limit.getAsInt(), uses, now);
    }

    /** The counts that are kept at present. */
    int counts() {
        int counts = 0;
        for (LimitStripe stripe : stripes) {
            counts += stripe.size();
        }
        return counts;
    }

    /** What is counted. */
    enum Kind {
        SESSION("sessions"),
        SIGNATURE("signatures");

        private final String plural;

        Kind(String plural) {
            this.plural = plural;
        }

        String plural() {
            return plural;
        }
    }
}
