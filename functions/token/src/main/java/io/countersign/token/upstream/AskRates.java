package io.countersign.token.upstream;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Bounds how often this process asks STS in each account: as often in any second as an account may, which it shares with other processes, and evenly after that.
 * For any number of threads.
 */
final class AskRates {
    /** How often an account may ask in a second (STS's AssumeRole page). */
    static final int A_SECOND = 100;

    private static final long EACH_NANOS = TimeUnit.SECONDS.toNanos(1) / A_SECOND;
    private static final long ALL_NANOS = A_SECOND * EACH_NANOS;
    /** Accounts to remember before those are forgotten that have not asked for a second. */
    private static final int MANY = 1_000;

    private final LongSupplier nanoTime;
    /** By account: when all that it has asked is worked off, at this rate. */
    private final Map<String, Long> workedOff = new HashMap<>();

    /** @param nanoTime a monotonic clock */
    AskRates(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Whether the account may ask once more now; true: it counts as asked. */
    synchronized boolean take(String accountId) {
        long now = nanoTime.getAsLong();
        Long stored = workedOff.get(accountId);
        long from = stored == null || stored - now < 0 ? now : stored;
        if (from + EACH_NANOS - now > ALL_NANOS) {
            return false;
        }
        workedOff.put(accountId, from + EACH_NANOS);
        if (workedOff.size() > MANY) {
            workedOff.values().removeIf(end -> end - now < 0);
        }
        return true;
    }
}
