package io.countersign.gateway.server;

import io.countersign.http.Header;
import io.countersign.http.Reply;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The CORS rules of a port: the origins whose pages may call, and the endpoints that they may call (<a href="https://fetch.spec.whatwg.org/#http-cors-protocol">the
 * Fetch standard, CORS protocol</a>). Origins are compared as a whole and never answered with {@code *}. Refusals carry the same headers as other replies, so that a
 * page can read the reason. Credentials that browsers add on their own are not allowed; callers send their token.
 *
 * @param origins the allowed origins as browsers send them, such as {@code https://app.example.com}; without any, preflights are not answered
 * @param paths the paths of the routes that pages may call
 */
public record Cors(Set<String> origins, Set<String> paths) {
    /** Allows no pages. */
    public static final Cors NONE = new Cors(Set.of(), Set.of());

    private static final String ORIGIN = "Origin";
    private static final String REQUEST_METHOD = "Access-Control-Request-Method";
    private static final String MAX_AGE_SECONDS = "600";

    /** A page that is told to wait learns how long. */
    private static final String EXPOSED = Replies.REQUEST_ID + ", Retry-After";

    public Cors {
        origins = Set.copyOf(origins);
        paths = Set.copyOf(paths);
    }

    /** Returns the reply to a preflight for this route; empty when the request is not a preflight, or no page may call the route. */
    Optional<Reply> preflight(String method, Routes.Route route, List<Header> headers) {
        if (!covers(route.path())
                || !method.equals("OPTIONS")
                || Header.values(headers, REQUEST_METHOD).size() != 1) {
            return Optional.empty();
        }
        List<String> requestOrigins = Header.values(headers, ORIGIN);
        if (requestOrigins.size() != 1) {
            return Optional.empty();
        }
        return Optional.of(
                origins.contains(requestOrigins.getFirst())
                        ? Reply.empty(204)
                                .with("Access-Control-Allow-Methods", String.join(", ", route.methods()))
                                .with("Access-Control-Allow-Headers", "Authorization, Content-Type")
                                .with("Access-Control-Max-Age", MAX_AGE_SECONDS)
                        : Replies.Refusals.foreignOrigin().reply());
    }

    /** Returns the headers that every reply of this path carries, given the {@code Origin} values of the request. */
    List<Header> headers(String path, List<String> requestOrigins) {
        if (!covers(path)) {
            return List.of();
        }
        Header vary = new Header("Vary", ORIGIN);
        return requestOrigins.size() == 1 && origins.contains(requestOrigins.getFirst())
                ? List.of(
                        vary,
                        new Header("Access-Control-Allow-Origin", requestOrigins.getFirst()),
                        new Header("Access-Control-Expose-Headers", EXPOSED))
                : List.of(vary);
    }

    /** Returns whether replies of any path carry headers of these rules. */
    boolean coversAny() {
        return !origins.isEmpty() && !paths.isEmpty();
    }

    private boolean covers(String path) {
        return !origins.isEmpty() && (paths.contains(path) || paths.contains(Routes.tree(path)));
    }
}
