package io.countersign.gateway.server;

import io.countersign.gateway.guard.Guard;
import io.countersign.gateway.watch.DecisionSink;
import io.countersign.http.Endpoint;
import io.countersign.http.Header;
import io.countersign.http.ProblemException;
import io.countersign.http.Reply;
import io.countersign.http.RequestLimits;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/** The routes of a port: a set of paths, or one route for every path. */
public final class Routes {
    private final Map<String, Route> exact;
    private final Optional<Route> otherwise;
    private final Cors cors;
    private final DecisionSink decisions;

    private Routes(Map<String, Route> exact, Optional<Route> otherwise, Cors cors, DecisionSink decisions) {
        this.exact = exact;
        this.otherwise = otherwise;
        this.cors = cors;
        this.decisions = decisions;
    }

    /** Creates routes for these paths only. */
    public static Routes of(List<Route> routes) {
        return new Routes(
                routes.stream().collect(Collectors.toUnmodifiableMap(Route::path, Function.identity())),
                Optional.empty(),
                Cors.NONE,
                DecisionSink.NONE);
    }

    /** Creates routes that lead every path to this route. The route's own path is only used in logs. */
    public static Routes everything(Route route) {
        return new Routes(Map.of(), Optional.of(route), Cors.NONE, DecisionSink.NONE);
    }

    /** Returns a copy with these CORS rules. */
    public Routes with(Cors other) {
        return new Routes(exact, otherwise, other, decisions);
    }

    /** Returns a copy whose decisions are told to this sink. Health checks are no decisions. */
    public Routes telling(DecisionSink sink) {
        return new Routes(exact, otherwise, cors, sink);
    }

    DecisionSink decisions() {
        return decisions;
    }

    Cors cors() {
        return cors;
    }

    /** Returns the route of an unchanged request target. */
    Optional<Route> of(String target) {
        return RequestTarget.of(target).flatMap(split -> at(split.path()));
    }

    /**
     * Returns a refusal in the form of the endpoint that the target belongs to.
     *
     * @param target the unchanged request target of the request line
     */
    Reply refusal(String target, ProblemException.Problem problem) {
        return of(target).map(route -> route.endpoint().refusal(problem)).orElseGet(problem::reply);
    }

    Optional<Route> at(String path) {
        return Optional.ofNullable(exact.get(path))
                .or(() -> Optional.ofNullable(exact.get(tree(path))))
                .or(() -> otherwise);
    }

    /** The first segment of a path with both of its slashes: the route of a tree is found by it. Empty for a path of one segment. */
    static String tree(String path) {
        return path.substring(0, path.indexOf('/', 1) + 1);
    }

    /**
     * One path and the endpoint that handles it.
     *
     * @param path the path, compared literally with the undecoded path of the request; one of the form {@code /name/} stands for all paths below it
     * @param methods the methods that are allowed, in the order of the {@code Allow} header; empty means any method
     * @param bodyLimit the largest body, in bytes; routes of {@link #ofHeaders} do not read the body
     * @param lane the threads that the endpoint runs on
     * @param gate decides which calls may send more than {@link RequestLimits#BODY} bytes; empty when none may
     * @param guards must admit a call before its body is read
     * @param endpoint the handler
     * @param onLoop answers on the event loop where that needs no worker; empty when a worker answers always
     */
    public record Route(
            String path,
            List<String> methods,
            int bodyLimit,
            Lane lane,
            Optional<Gate> gate,
            List<Guard> guards,
            Endpoint endpoint,
            Optional<LoopAttempts> onLoop) {
        /** The body is discarded, and the endpoint is called without it. */
        private static final int UNREAD = -1;

        /** @throws IllegalArgumentException when {@code bodyLimit} is above {@link RequestLimits#BODY} and there is no gate */
        public Route {
            methods = List.copyOf(methods);
            guards = List.copyOf(guards);
            if (bodyLimit > RequestLimits.BODY && gate.isEmpty()) {
                throw new IllegalArgumentException(
                        "a body limit above " + RequestLimits.BODY + " bytes requires a gate");
            }
        }

        /** Creates a public route with a body of at most {@link RequestLimits#BODY} bytes. */
        public Route(String path, List<String> methods, int bodyLimit, Endpoint endpoint) {
            this(path, methods, bodyLimit, Lane.OPEN, Optional.empty(), List.of(), endpoint, Optional.empty());
        }

        /** Creates a route with a larger body for the calls that the gate admits. */
        public static Route ofLargeBody(
                String path, List<String> methods, int bodyLimit, Gate gate, Endpoint endpoint) {
            return new Route(
                    path, methods, bodyLimit, Lane.OPEN, Optional.of(gate), List.of(), endpoint, Optional.empty());
        }

        /** Returns a copy in another lane. */
        public Route in(Lane other) {
            return new Route(path, methods, bodyLimit, other, gate, guards, endpoint, onLoop);
        }

        /** Returns a copy with another endpoint. */
        public Route answeredBy(Endpoint other) {
            return new Route(path, methods, bodyLimit, lane, gate, guards, other, onLoop);
        }

        /** Creates a route that allows any method and does not read the body. */
        public static Route ofHeaders(String path, Endpoint endpoint) {
            return new Route(
                    path, List.of(), UNREAD, Lane.OPEN, Optional.empty(), List.of(), endpoint, Optional.empty());
        }

        /** Returns a copy with these guards. */
        public Route behind(List<Guard> others) {
            return new Route(path, methods, bodyLimit, lane, gate, others, endpoint, onLoop);
        }

        /**
         * Returns a copy that is answered on the event loop unless the endpoint needs the store or other long work. Every store of the endpoint must be a {@link WorkerStore},
         * and it tells {@link LoopAttempts#requireWorker} of all other work that may wait.
         */
        public Route onEventLoop() {
            return onEventLoop(System::nanoTime);
        }

        /** @param nanos the clock of {@link LoopAttempts} */
        Route onEventLoop(LongSupplier nanos) {
            return new Route(
                    path, methods, bodyLimit, lane, gate, guards, endpoint, Optional.of(new LoopAttempts(nanos)));
        }

        /** Returns the refusal of the first guard that refuses a call with these headers; empty when all admit it. */
        Optional<ProblemException.Problem> refusal(List<Header> headers) {
            for (Guard guard : guards) {
                Optional<ProblemException.Problem> refusal = guard.refusal(headers);
                if (refusal.isPresent()) {
                    return refusal;
                }
            }
            return Optional.empty();
        }

        /** The path without a slash at its end, for logs and metrics: there are no more of these than routes. */
        String face() {
            return path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        }

        boolean accepts(String method) {
            return methods.isEmpty() || methods.contains(method);
        }

        boolean readsBody() {
            return bodyLimit != UNREAD;
        }
    }

    /** The request target, split into path and query and otherwise unchanged: nothing is decoded or normalized. */
    record RequestTarget(String path, Optional<String> rawQuery) {
        private static final char DELETE = 0x7f;

        /** Returns empty when the target is neither a path nor an absolute URL, or contains characters that no URL can contain. */
        static Optional<RequestTarget> of(String target) {
            for (int at = 0; at < target.length(); at++) {
                char c = target.charAt(at);
                if (c <= ' ' || c == DELETE) {
                    return Optional.empty();
                }
            }
            if (target.startsWith("/")) {
                return Optional.of(split(target));
            }
            // RFC 9112 3.2.2: a server must accept the absolute form too.
            int authority = target.indexOf("://");
            if (authority < 1) {
                return Optional.empty();
            }
            int path = target.indexOf('/', authority + 3);
            return path < 0
                    ? Optional.of(new RequestTarget("/", Optional.empty()))
                    : Optional.of(split(target.substring(path)));
        }

        private static RequestTarget split(String target) {
            int mark = target.indexOf('?');
            return mark < 0
                    ? new RequestTarget(target, Optional.empty())
                    : new RequestTarget(target.substring(0, mark), Optional.of(target.substring(mark + 1)));
        }
    }
}
