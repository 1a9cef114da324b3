package io.countersign.gateway.server;

import io.countersign.http.Header;
import io.countersign.http.Reply;
import io.countersign.http.RequestLimits;
import java.util.List;
import java.util.Optional;

/** Whether a request's head is one that some route takes. */
sealed interface RoutingDecision {
    record Admitted(Routes.Route route, Routes.RequestTarget target) implements RoutingDecision {}

    record Refused(io.countersign.http.ProblemException.Problem problem) implements RoutingDecision {}

    /** A preflight, which no face is asked about. */
    record Answered(Reply reply) implements RoutingDecision {}

    /** @param target what the request line names, as it came */
    static RoutingDecision of(String method, String target, List<Header> headers, Routes routes) {
        if (target.length() > RequestLimits.URL) {
            return new Refused(io.countersign.http.ProblemException.Problem.urlTooLong());
        }
        if (bytes(headers) > RequestLimits.HEADER_BLOCK) {
            return new Refused(io.countersign.http.ProblemException.Problem.headersTooLarge());
        }
        Optional<Routes.RequestTarget> split = Routes.RequestTarget.of(target);
        if (split.isEmpty() || headers.stream().anyMatch(header -> header.name().isEmpty())) {
            return new Refused(Replies.Refusals.malformed());
        }
        Optional<Routes.Route> route = routes.at(split.get().path());
        if (route.isEmpty()) {
            return new Refused(io.countersign.http.ProblemException.Problem.notFound());
        }
        Optional<Reply> preflight = routes.cors().preflight(method, route.get(), headers);
        if (preflight.isPresent()) {
            return new Answered(preflight.get());
        }
        Optional<io.countersign.http.ProblemException.Problem> kept =
                route.get().refusal(headers);
        if (kept.isPresent()) {
            return new Refused(kept.get());
        }
        return route.get().takes(method)
                ? new Admitted(route.get(), split.get())
                : new Refused(io.countersign.http.ProblemException.Problem.methodNotAllowed(
                        route.get().methods().toArray(String[]::new)));
    }

    /** As they stood on the wire: each with its colon, space and line end. */
    private static long bytes(List<Header> headers) {
        return headers.stream()
                .mapToLong(header -> header.name().length() + header.value().length() + 4L)
                .sum();
    }
}
