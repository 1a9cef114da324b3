package io.countersign.http;

import java.time.Instant;
import java.util.function.BiFunction;
import java.util.function.Function;

/** What answers one path: a function's plain class, for any number of threads. */
@FunctionalInterface
public interface Endpoint {
    Reply handle(Call call, Instant now);

    /** What is said when a call is refused before the face is asked, or when the face fails: problem+json, unless the face's clients read something else. */
    default Reply refusal(ProblemException.Problem problem) {
        return problem.reply();
    }

    /** A face whose clients read refusals in a form of their own. */
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
