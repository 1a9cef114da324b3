package io.countersign.lambda;

import io.countersign.settings.PropertyValues;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Runs the invocations of one function and logs a line for each, also when it fails. */
public final class Invoker {
    private final String function;
    private final Lazy<Deployment, PropertyValues.InvalidSettingException> deployment;
    private final InstantSource clock;
    private final Consumer<InvocationLine.Invocation> log;

    /**
     * The result of an invocation.
     *
     * @param counts further metrics by name
     */
    public record Result<T>(T value, InvocationOutcome outcome, Map<String, Integer> counts) {
        public Result {
            counts = Map.copyOf(counts);
        }

        public Result(T value, InvocationOutcome outcome) {
            this(value, outcome, Map.of());
        }
    }

    /** The work that one event causes. */
    @FunctionalInterface
    public interface Work<T, E extends Exception> {
        /** @param now the present */
        Result<T> at(Instant now) throws E;
    }

    Invoker(
            String function,
            Lazy<Deployment, PropertyValues.InvalidSettingException> deployment,
            InstantSource clock,
            Consumer<InvocationLine.Invocation> log) {
        this.function = function;
        this.deployment = deployment;
        this.clock = clock;
        this.log = log;
    }

    /** @param function the function's name in logs and metrics */
    public static Invoker of(String function) {
        return new Invoker(
                function,
                new Lazy<>(() -> Deployment.of(System.getenv())),
                InstantSource.system(),
                InvocationLine.Log.standardOutput());
    }

    /**
     * Returns the deployment, which the first call makes.
     *
     * @throws InvalidEventException.MisconfiguredException when a setting is malformed or missing
     */
    public Deployment deployment() throws InvalidEventException.MisconfiguredException {
        try {
            return deployment.get();
        } catch (PropertyValues.InvalidSettingException e) {
            throw new InvalidEventException.MisconfiguredException(e);
        }
    }

    /**
     * Runs the work and logs its line.
     *
     * @param endpoint the endpoint's path or the kind of event
     * @throws E when the work does; the line then has the decision {@code failed}
     */
    public <T, E extends Exception> T invoke(String endpoint, String requestId, Work<T, E> work) throws E {
        Instant now = clock.instant();
        long start = System.nanoTime();
        Optional<Result<T>> done = Optional.empty();
        try {
            done = Optional.of(work.at(now));
            return done.get().value();
        } finally {
            Duration duration = Duration.ofNanos(System.nanoTime() - start);
            log.accept(new InvocationLine.Invocation(
                    function,
                    endpoint,
                    requestId,
                    now,
                    duration,
                    done.map(Result::outcome).orElse(InvocationOutcome.FAILED),
                    deployment.made().map(Deployment::storeTimes).orElse(List.of()),
                    done.map(Result::counts).orElse(Map.of())));
        }
    }
}
