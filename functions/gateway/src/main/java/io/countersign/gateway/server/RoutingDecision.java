package io.countersign.gateway.server;

import io.countersign.http.Header;
import io.countersign.http.ProblemException.Problem;
import io.countersign.http.Reply;
import io.countersign.http.RequestLimits;
import java.util.List;
import java.util.Optional;

/** The result of matching a request head against the routes of a port. */
sealed interface RoutingDecision {
    record Admitted(Routes.Route route, Routes.RequestTarget target) implements RoutingDecision {}

    record Refused(Problem problem) implements RoutingDecision {}

    /** A CORS preflight, which is answered without calling an endpoint. */
    record Answered(Reply reply) implements RoutingDecision {}

    /** @param target the unchanged request target of the request line */
    static RoutingDecision of(String method, String target, List<Header> headers, Routes routes) {
        if (target.length() > RequestLimits.URL) {
            return new Refused(Problem.urlTooLong());
        }
        if (bytes(headers) > RequestLimits.HEADER_BLOCK) {
            return new Refused(Problem.headersTooLarge());
        }
        Optional<Routes.RequestTarget> split = Routes.RequestTarget.of(target);
        if (split.isEmpty() || hasNameless(headers)) {
            return new Refused(Replies.Refusals.malformed());
        }
        Optional<Routes.Route> route = routes.at(split.get().path());
        if (route.isEmpty()) {
            return new Refused(Problem.notFound());
        }
        Optional<Reply> preflight = routes.cors().preflight(method, route.get(), headers);
        if (preflight.isPresent()) {
            return new Answered(preflight.get());
        }
        Optional<Problem> refusal = route.get().refusal(headers);
        if (refusal.isPresent()) {
            return new Refused(refusal.get());
        }
        return route.get().accepts(method)
                ? new Admitted(route.get(), split.get())
                : new Refused(Problem.methodNotAllowed(route.get().methods().toArray(String[]::new)));
    }

    private static boolean hasNameless(List<Header> headers) {
        for (Header header : headers) {
            if (header.name().isEmpty()) {
                return true;
            }
        }
        return false;
    }

    /** Returns the size of the header block on the wire: each line with colon, space and CR LF. */
    private static long bytes(List<Header> headers) {
        long bytes = 0;
        for (Header header : headers) {
            bytes += header.name().length() + header.value().length() + 4L;
        }
        return bytes;
    }
}
