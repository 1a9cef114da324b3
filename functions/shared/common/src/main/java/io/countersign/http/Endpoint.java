package io.countersign.http;

import java.time.Instant;
import java.util.function.BiFunction;
import java.util.function.Function;

/** Handles the calls of one path. Implementations are safe for any number of threads. */
@FunctionalInterface
public interface Endpoint {
    Reply handle(Call call, Instant now);

    /** The reply to a call that is refused before it reaches the endpoint, or whose endpoint fails. The default is problem+json. */
    default Reply refusal(ProblemException.Problem problem) {
        return problem.reply();
    }

    /** An endpoint with its own form of refusals. */
    static Endpoint of(BiFunction<Call, Instant, Reply> handle, Function<ProblemException.Problem, Reply> refusal) {
        return new Endpoint() {
            @Override
            public Reply handle(Call call, Instant now) {
                return handle.apply(call, now);
            }

            @Override
            public Reply refusal(ProblemException.Problem problem) {
                return refusal.apply(problem);
            }
        };
    }
}
