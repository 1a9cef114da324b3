package io.countersign.identity.limits;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A part of the counts, with a lock of its own. {@link SubjectLimits} says which counts are dropped. */
final class LimitStripe {
    static final int MAX_COUNTS = 160;

    private final Map<SubjectHash, Uses> counts = new HashMap<>();

    /** @param limit of the role at present; it holds for earlier uses too */
    private static final class Uses {
        private final MinuteCount minute;
        private int limit;

        Uses(int limit, Instant now) {
            this.minute = new MinuteCount(now);
            this.limit = limit;
        }

        /** Whether this has used a smaller share of its limit than the other. */
        boolean usesLessThan(Uses other, Instant now) {
            return (long) minute.used(now) * other.limit < (long) other.minute.used(now) * limit;
        }

        boolean isUsedUp(Instant now) {
            return minute.used(now) >= limit;
        }
    }

    synchronized void count(SubjectHash subject, SubjectLimits.Kind kind, int limit, int uses, Instant now)
            throws LimitExceededException {
        Uses known = counts.get(subject);
        if (known != null) {
            known.limit = limit;
        }
        int used = known == null ? 0 : known.minute.used(now);
        if (uses > limit) {
            throw new LimitExceededException(
                    "The role gives each user " + limit + " " + kind.plural() + " in a minute, and this call asks for "
                            + uses + "; ask for fewer in one call, or have the limit of the role raised.",
                    known == null || used == 0 ? 1 : known.minute.secondsUntil(0, now));
        }
        if (known != null && uses > limit - used) {
            throw exceeded(kind, limit, known.minute.secondsUntil(limit - uses, now));
        }
        Uses counted = known == null ? added(subject, limit, now) : known;
        counted.minute.add(uses, now);
    }

    private static LimitExceededException exceeded(SubjectLimits.Kind kind, int limit, int seconds) {
        return new LimitExceededException(
                "The role gives each user " + limit + " " + kind.plural() + " in a minute; try again in " + seconds
                        + " seconds.",
                seconds);
    }

    private Uses added(SubjectHash subject, int limit, Instant now) throws LimitExceededException {
        if (counts.size() >= MAX_COUNTS && !makeRoom(now)) {
            throw new LimitExceededException(
                    "Too many users have reached their limits in this minute; try again in " + MinuteCount.SLOT_SECONDS
                            + " seconds.",
                    MinuteCount.SLOT_SECONDS);
        }
        Uses added = new Uses(limit, now);
        counts.put(subject, added);
        return added;
    }

    /** Drops all that is past, or else the count that has used the smallest share of its limit. Returns false when all are used up. */
    private boolean makeRoom(Instant now) {
        if (counts.values().removeIf(uses -> uses.minute.used(now) == 0)) {
            return true;
        }
        Optional<Map.Entry<SubjectHash, Uses>> least = Optional.empty();
        for (Map.Entry<SubjectHash, Uses> entry : counts.entrySet()) {
            if (!entry.getValue().isUsedUp(now)
                    && (least.isEmpty()
                            || entry.getValue().usesLessThan(least.get().getValue(), now))) {
                least = Optional.of(entry);
            }
        }
        least.ifPresent(entry -> counts.remove(entry.getKey()));
        return least.isPresent();
    }

    synchronized int size() {
        return counts.size();
    }
}
