package io.countersign.lambda;

import io.countersign.settings.PropertyValues;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Does the work of each invocation of one function, and writes its line, whatever came of it. */
public final class Invoker {
    private final String function;
    private final Lazy<Deployment, PropertyValues.InvalidSettingException> deployment;
    private final InstantSource clock;
    private final Consumer<InvocationLine.Invocation> journal;

    /**
     * What came of the work.
     *
     * @param counts of what else was done, by the metric's name
     */
    public record Result<T>(T value, Outcome outcome, Map<String, Integer> counts) {
        public Result {
            counts = Map.copyOf(counts);
        }

        public Result(T value, Outcome outcome) {
            this(value, outcome, Map.of());
        }
    }

    /** What is done with one event. */
    @FunctionalInterface
    public interface Work<T, E extends Exception> {
        /** @param now the present */
        Result<T> at(Instant now) throws E;
    }

    Invoker(
            String function,
            Lazy<Deployment, PropertyValues.InvalidSettingException> deployment,
            InstantSource clock,
            Consumer<InvocationLine.Invocation> journal) {
        this.function = function;
        this.deployment = deployment;
        this.clock = clock;
        this.journal = journal;
    }

    /** @param function its name in logs and metrics */
    public static Invoker of(String function) {
        return new Invoker(
                function,
                new Lazy<>(() -> Deployment.of(System.getenv())),
                InstantSource.system(),
                InvocationLine.InvocationLog.standardOutput());
    }

    /**
     * What the function stands on, made by the first invocation.
     *
     * @throws MisconfiguredException when a setting is malformed or missing
     */
    public Deployment deployment() throws InvalidEventException.MisconfiguredException {
        try {
            return deployment.get();
        } catch (PropertyValues.InvalidSettingException e) {
            throw new InvalidEventException.MisconfiguredException(e);
        }
    }

    /**
     * @param face the path or the kind of event
     * @throws E when the work does: the line then says that there was no decision
     */
    public <T, E extends Exception> T invoke(String face, String requestId, Work<T, E> work) throws E {
        Instant now = clock.instant();
        long start = System.nanoTime();
        Optional<Result<T>> done = Optional.empty();
        try {
            done = Optional.of(work.at(now));
            return done.get().value();
        } finally {
            Duration duration = Duration.ofNanos(System.nanoTime() - start);
            journal.accept(new InvocationLine.Invocation(
                    function,
                    face,
                    requestId,
                    now,
                    duration,
                    done.map(Result::outcome).orElse(Outcome.FAILED),
                    deployment.made().map(Deployment::storeTimes).orElse(java.util.List.of()),
                    done.map(Result::counts).orElse(Map.of())));
        }
    }
}
