package io.countersign.gateway.server;

import io.countersign.http.Header;
import io.countersign.http.Reply;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Whose pages may call which faces from a browser (the Fetch standard, CORS protocol). An origin is compared whole and never widened to {@code *}; refusals carry the same headers as
 * answers, so that a page can read why it was refused. Credentials that a browser adds by itself are never allowed: callers send their token.
 *
 * @param origins as browsers send them, {@code https://app.example.com}; none: no face answers preflights
 * @param paths the faces that pages may call
 */
public record Cors(Set<String> origins, Set<String> paths) {
    /** For nobody's pages. */
    public static final Cors NONE = new Cors(Set.of(), Set.of());

    private static final String ORIGIN = "Origin";
    private static final String ASKED_METHOD = "Access-Control-Request-Method";
    private static final String SECONDS_KEPT = "600";

    public Cors {
        origins = Set.copyOf(origins);
        paths = Set.copyOf(paths);
    }

    /** The answer to a preflight for that route; empty when the request is none, or when no page may call the route. */
    Optional<Reply> preflight(String method, Routes.Route route, List<Header> headers) {
        if (!covers(route.path())
                || !method.equals("OPTIONS")
                || values(headers, ASKED_METHOD).size() != 1) {
            return Optional.empty();
        }
        List<String> asking = values(headers, ORIGIN);
        if (asking.size() != 1) {
            return Optional.empty();
        }
        return Optional.of(
                origins.contains(asking.getFirst())
                        ? Reply.empty(204)
                                .with("Access-Control-Allow-Methods", String.join(", ", route.methods()))
                                .with("Access-Control-Allow-Headers", "Authorization, Content-Type")
                                .with("Access-Control-Max-Age", SECONDS_KEPT)
                        : Replies.Refusals.foreignOrigin().reply());
    }

    /** What every reply of that path says besides, to whoever called. */
    List<Header> headers(String path, List<String> asking) {
        if (!covers(path)) {
            return List.of();
        }
        Header vary = new Header("Vary", ORIGIN);
        return asking.size() == 1 && origins.contains(asking.getFirst())
                ? List.of(
                        vary,
                        new Header("Access-Control-Allow-Origin", asking.getFirst()),
                        new Header("Access-Control-Expose-Headers", Replies.REQUEST_ID))
                : List.of(vary);
    }

    private boolean covers(String path) {
        return !origins.isEmpty() && paths.contains(path);
    }

    private static List<String> values(List<Header> headers, String name) {
        return headers.stream()
                .filter(header -> header.isNamed(name))
                .map(Header::value)
                .toList();
    }
}
