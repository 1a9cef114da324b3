package io.countersign.identity.limits;

import java.time.Instant;
import java.util.Arrays;

/**
 * Counts the uses of the last minute, in slots of ten seconds. Not thread-safe.
 *
 * <p>Guarantees: a use counts for at least 60 seconds and at most 70, so that no 60 seconds have more uses than the limit, wherever they begin. The memory does not depend on
 * the limit.
 */
final class MinuteCount {
    static final int SLOT_SECONDS = 10;

    /** The slots that 60 seconds can touch. */
    static final int SLOTS = 60 / SLOT_SECONDS + 1;

    private final int[] counts = new int[SLOTS];
    /** The sum of the counts. */
    private int used;
    /** The number of the newest slot since 1970. */
    private long newest;

    MinuteCount(Instant now) {
        this.newest = slot(now);
    }

    private static long slot(Instant now) {
        return Math.floorDiv(now.getEpochSecond(), SLOT_SECONDS);
    }

    /** The uses that count at this moment. */
    int used(Instant now) {
        advance(now);
        return used;
    }

    void add(int uses, Instant now) {
        advance(now);
        counts[index(newest)] += uses;
        used += uses;
    }

    /**
     * The seconds until no more than {@code left} of the present uses count: at least 1.
     *
     * @param left less than {@link #used}
     */
    int secondsUntil(int left, Instant now) {
        int remaining = used(now);
        for (long slot = newest - SLOTS + 1; slot <= newest; slot++) {
            remaining -= counts[index(slot)];
            if (remaining <= left) {
                return seconds((slot + SLOTS) * SLOT_SECONDS, now);
            }
        }
        return seconds((newest + SLOTS) * SLOT_SECONDS, now);
    }

    /** Rounded up. A moment of another thread may be a little before the newest slot. */
    private static int seconds(long until, Instant now) {
        long whole = until - now.getEpochSecond();
        return (int) Math.clamp(whole, 1, SLOTS * SLOT_SECONDS);
    }

    /**
     * Drops the slots that no longer count. Calls of several threads come in any order of their moments, so an older moment counts in the newest slot. A clock that was set back by
     * more than a minute would keep the uses until it is there again; they are taken as of the present instead, and so count for 70 seconds at most.
     */
    private void advance(Instant now) {
        long slot = slot(now);
        if (slot < newest - SLOTS) {
            Arrays.fill(counts, 0);
            newest = slot;
            counts[index(slot)] = used;
            return;
        }
        long dropped = Math.min(slot - newest, SLOTS);
        for (long i = 1; i <= dropped; i++) {
            int place = index(newest + i);
            used -= counts[place];
            counts[place] = 0;
        }
        newest = Math.max(newest, slot);
    }

    private static int index(long slot) {
        return Math.floorMod(slot, SLOTS);
    }
}
