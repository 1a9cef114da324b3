package io.countersign.gateway.server;

import io.countersign.http.Problem;
import io.countersign.http.Reply;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What a port answers: some paths, or whatever path it is asked for. */
public final class Routes {
    private final Map<String, Route> exact;
    private final Optional<Route> otherwise;
    private final Cors cors;

    private Routes(Map<String, Route> exact, Optional<Route> otherwise, Cors cors) {
        this.exact = exact;
        this.otherwise = otherwise;
        this.cors = cors;
    }

    /** These paths and no other. */
    public static Routes of(List<Route> routes) {
        return new Routes(
                routes.stream().collect(Collectors.toUnmodifiableMap(Route::path, Function.identity())),
                Optional.empty(),
                Cors.NONE);
    }

    /** Every path, by one route; its own path is only its name. */
    public static Routes everything(Route route) {
        return new Routes(Map.of(), Optional.of(route), Cors.NONE);
    }

    /** The same, for browsers too. */
    public Routes with(Cors other) {
        return new Routes(exact, otherwise, other);
    }

    Cors cors() {
        return cors;
    }

    /**
     * How a refusal is said to whoever asks for this target.
     *
     * @param target what the request line names, as it came
     */
    Reply refusal(String target, Problem problem) {
        return RequestTarget.of(target)
                .flatMap(split -> at(split.path()))
                .map(route -> route.face().refusal(problem))
                .orElseGet(problem::reply);
    }

    Optional<Route> at(String path) {
        return Optional.ofNullable(exact.get(path)).or(() -> otherwise);
    }
}
