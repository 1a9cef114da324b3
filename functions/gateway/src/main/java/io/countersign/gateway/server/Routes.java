package io.countersign.gateway.server;

import io.countersign.gateway.guard.Guard;
import io.countersign.http.Endpoint;
import io.countersign.http.Header;
import io.countersign.http.ProblemException;
import io.countersign.http.Reply;
import io.countersign.http.RequestLimits;
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
    Reply refusal(String target, ProblemException.Problem problem) {
        return RequestTarget.of(target)
                .flatMap(split -> at(split.path()))
                .map(route -> route.face().refusal(problem))
                .orElseGet(problem::reply);
    }

    Optional<Route> at(String path) {
        return Optional.ofNullable(exact.get(path)).or(() -> otherwise);
    }

    /**
     * One path and what answers it.
     *
     * @param path compared literally with the request's, undecoded
     * @param methods the verbs that are taken, as an {@code Allow} header lists them; none: any verb
     * @param bodyLimit bytes of body that are read, a longer one is refused; {@link #ofHeaders}: none is read
     * @param lane where the face runs
     * @param gate whom more than {@link RequestLimits#BODY} bytes are read from; empty where no more are read from anybody
     * @param guards who has to let a call in before anything of its body is read
     */
    public record Route(
            String path,
            List<String> methods,
            int bodyLimit,
            Lane lane,
            Optional<Gate> gate,
            List<Guard> guards,
            Endpoint face) {
        /** The face is called without the body, whatever there is of one. */
        private static final int UNREAD = -1;

        /** @throws IllegalArgumentException when large bodies are to be read of whoever sends them */
        public Route {
            methods = List.copyOf(methods);
            guards = List.copyOf(guards);
            if (bodyLimit > RequestLimits.BODY && gate.isEmpty()) {
                throw new IllegalArgumentException(
                        "a gate stands before bodies of more than " + RequestLimits.BODY + " bytes");
            }
        }

        /** One that anybody may call, with a body of at most {@link RequestLimits#BODY} bytes. */
        public Route(String path, List<String> methods, int bodyLimit, Endpoint face) {
            this(path, methods, bodyLimit, Lane.OPEN, Optional.empty(), List.of(), face);
        }

        /** One whose body is larger, from whom the gate lets in. */
        public static Route ofLargeBody(String path, List<String> methods, int bodyLimit, Gate gate, Endpoint face) {
            return new Route(path, methods, bodyLimit, Lane.OPEN, Optional.of(gate), List.of(), face);
        }

        /** The same in another lane. */
        public Route in(Lane other) {
            return new Route(path, methods, bodyLimit, other, gate, guards, face);
        }

        /** The same, answered by another face. */
        public Route answeredBy(Endpoint other) {
            return new Route(path, methods, bodyLimit, lane, gate, guards, other);
        }

        /** For a face that looks at the headers alone: any verb, and no body is read. */
        public static Route ofHeaders(String path, Endpoint face) {
            return new Route(path, List.of(), UNREAD, Lane.OPEN, Optional.empty(), List.of(), face);
        }

        /** The same behind these. */
        public Route behind(List<Guard> others) {
            return new Route(path, methods, bodyLimit, lane, gate, others, face);
        }

        /** Why a guard does not let a call with these headers in; empty: all do. */
        Optional<ProblemException.Problem> refusal(List<Header> headers) {
            for (Guard guard : guards) {
                Optional<ProblemException.Problem> refusal = guard.refusal(headers);
                if (refusal.isPresent()) {
                    return refusal;
                }
            }
            return Optional.empty();
        }

        boolean takes(String method) {
            return methods.isEmpty() || methods.contains(method);
        }

        boolean readsBody() {
            return bodyLimit != UNREAD;
        }
    }

    /** The target of a request line, split and otherwise as it came: nothing is decoded, folded or put in order. */
    record RequestTarget(String path, Optional<String> rawQuery) {
        private static final char DELETE = 0x7f;

        /** Empty when the target is neither a path nor an absolute URL, or holds what no URL can. */
        static Optional<RequestTarget> of(String target) {
            if (target.chars().anyMatch(c -> c <= ' ' || c == DELETE)) {
                return Optional.empty();
            }
            if (target.startsWith("/")) {
                return Optional.of(split(target));
            }
            // RFC 9112 3.2.2: a server takes the absolute form too.
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
