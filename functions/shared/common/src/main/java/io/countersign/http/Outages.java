package io.countersign.http;

import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Logs why calls could not be answered: at most one line per reason and second, independent of the number of calls. The lines are for the operator; callers do not
 * see them, because a reason may name files and hosts.
 */
public final class Outages {
    private static final System.Logger LOG = System.getLogger(Outages.class.getName());
    private static final Outages LOGGED =
            new Outages(System::nanoTime, line -> LOG.log(System.Logger.Level.WARNING, "{0}", line));

    private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** Past this number of reasons, the one that was logged longest ago is dropped. */
    private static final int MAX_REASONS = 100;

    private final LongSupplier nanos;
    private final Consumer<String> lines;
    private final SequencedMap<String, Logged> logged = new LinkedHashMap<>();

    /** @param suppressed calls since then without a line */
    private record Logged(long at, long suppressed) {}

    /** @param nanos a monotonic clock */
    Outages(LongSupplier nanos, Consumer<String> lines) {
        this.nanos = nanos;
        this.lines = lines;
    }

    /** Writes to the log of this process. */
    public static void log(Throwable reason) {
        LOGGED.report(reason);
    }

    synchronized void report(Throwable failure) {
        String reason = LogValue.quoted(Reasons.of(failure));
        long now = nanos.getAsLong();
        Logged before = logged.getOrDefault(reason, new Logged(now - PAUSE_NANOS, 0));
        logged.remove(reason);
        if (now - before.at() < PAUSE_NANOS) {
            logged.putLast(reason, new Logged(before.at(), before.suppressed() + 1));
            return;
        }
        logged.putLast(reason, new Logged(now, 0));
        while (logged.size() > MAX_REASONS) {
            logged.remove(logged.firstEntry().getKey());
        }
        lines.accept("event=unavailable reason=" + reason
                + (before.suppressed() == 0 ? "" : " repeated=" + before.suppressed()));
    }
}
