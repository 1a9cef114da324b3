package io.countersign.gateway.guard;

import io.countersign.gateway.tasks.BackgroundThread;
import io.countersign.http.Failures;
import io.countersign.http.LogValue;
import io.countersign.http.ProblemException;
import io.countersign.settings.PropertyValues;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Reads the file of private tokens every second, on a thread of its own, so that a line that is removed admits nobody a second later. While the file is gone, cannot be read or is malformed, nobody is admitted: the programs
 * that it had may be those whose tokens leaked. It is read whole each time, because a file can change without its size and time.
 */
public final class PrivateTokensWatch implements AutoCloseable {
    /** The time between two looks. */
    static final Duration EVERY = Duration.ofSeconds(1);
    /** A look that hangs, on a file system that does not answer, is a failure after this time. */
    static final Duration STALE = Duration.ofSeconds(30);

    private static final System.Logger LOG = System.getLogger(PrivateTokensWatch.class.getName());
    private static final ProblemException.Problem UNUSABLE = new ProblemException.Problem(
            503,
            "PrivateTokensUnusable",
            "No token can be checked",
            "Ask the operator to correct the file of countersign.private.tokens; the server's log says what is wrong"
                    + " with it.");

    private final PrivateTokensFile file;
    private final LongSupplier nanos;
    private final BackgroundThread thread = new BackgroundThread("private-tokens");
    private volatile Look last;

    /**
     * @param programs empty when the file could not be used
     * @param problem with the file, as the log has it
     * @param at when the look ended, by {@code nanos}
     */
    private record Look(Optional<PrivateTokens> programs, String problem, long at) {}

    /** @param nanos {@link System#nanoTime} */
    PrivateTokensWatch(PrivateTokensFile file, LongSupplier nanos) {
        this.file = file;
        this.nanos = nanos;
        this.last = new Look(Optional.of(file.atStart()), "", nanos.getAsLong());
    }

    /** Watches a file from now on. */
    public static PrivateTokensWatch start(PrivateTokensFile file) {
        PrivateTokensWatch watch = new PrivateTokensWatch(file, System::nanoTime);
        watch.thread.repeat(EVERY, EVERY, watch::look);
        return watch;
    }

    /** Returns the guard that admits the programs that may call this endpoint at the moment of the call. */
    public Guard before(PrivateEndpoint endpoint) {
        return headers -> {
            Optional<PrivateTokens> programs = current();
            return programs.isEmpty()
                    ? Optional.of(UNUSABLE)
                    : programs.get().before(endpoint).refusal(headers);
        };
    }

    private Optional<PrivateTokens> current() {
        Look look = last;
        boolean stale = nanos.getAsLong() - look.at() > STALE.toNanos();
        return stale ? Optional.empty() : look.programs();
    }

    /** Reads the file, and tells the operator what changed. */
    void look() {
        Look before = last;
        Optional<PrivateTokens> read = Optional.empty();
        String problem = "";
        try {
            read = Optional.of(file.read());
        } catch (PropertyValues.InvalidSettingException e) {
            problem = String.valueOf(e.getMessage());
        } catch (RuntimeException defect) {
            // Its message may quote the file.
            problem = Failures.trace(defect);
        }
        if (read.isEmpty() && thread.isClosing()) {
            // The end of the gateway interrupts a read.
            return;
        }
        last = new Look(read, problem, nanos.getAsLong());
        if (read.isPresent() && !read.equals(before.programs())) {
            LOG.log(
                    System.Logger.Level.INFO,
                    "event=private-tokens-read programs={0}",
                    read.get().programs().size());
        } else if (read.isEmpty() && !problem.equals(before.problem())) {
            LOG.log(System.Logger.Level.WARNING, "event=private-tokens-unusable reason={0}", LogValue.quoted(problem));
        }
    }

    @Override
    public void close() {
        thread.close();
    }
}
