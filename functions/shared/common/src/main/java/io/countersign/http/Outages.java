package io.countersign.http;

import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Tells the operator why a call could not be answered: one line for each reason, and one a second at most, however many calls there are. Callers are not told;
 * the reason may name files and hosts.
 */
public final class Outages {
    private static final System.Logger LOG = System.getLogger(Outages.class.getName());
    private static final Outages LOGGED =
            new Outages(System::nanoTime, line -> LOG.log(System.Logger.Level.WARNING, "{0}", line));

    private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** Reasons that are told apart; beyond, the one that was told longest ago is forgotten. */
    private static final int REASONS = 100;

    private static final int LONGEST = 1_000;

    private final LongSupplier nanos;
    private final Consumer<String> lines;
    private final SequencedMap<String, Told> told = new LinkedHashMap<>();

    /** @param unsaid calls since then that had no line */
    private record Told(long at, long unsaid) {}

    /** @param nanos a monotonic clock */
    Outages(LongSupplier nanos, Consumer<String> lines) {
        this.nanos = nanos;
        this.lines = lines;
    }

    /** To this process's log. */
    public static void log(Throwable reason) {
        LOGGED.tell(reason);
    }

    synchronized void tell(Throwable failure) {
        String reason = reason(failure);
        long now = nanos.getAsLong();
        Told before = told.getOrDefault(reason, new Told(now - PAUSE_NANOS, 0));
        told.remove(reason);
        if (now - before.at() < PAUSE_NANOS) {
            told.putLast(reason, new Told(before.at(), before.unsaid() + 1));
            return;
        }
        told.putLast(reason, new Told(now, 0));
        while (told.size() > REASONS) {
            told.remove(told.firstEntry().getKey());
        }
        lines.accept("event=unavailable reason=\"" + reason + "\""
                + (before.unsaid() == 0 ? "" : " repeated=" + before.unsaid()));
    }

    /** Its message in one line, or what kind of failure it is where it has none. */
    private static String reason(Throwable failure) {
        String message = failure.getMessage();
        String text = message == null || message.isBlank() ? failure.getClass().getSimpleName() : message;
        String line = text.replaceAll("\\p{Cntrl}+", " ").replace('"', '\'');
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST);
    }
}
