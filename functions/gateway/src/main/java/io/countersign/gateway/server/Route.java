package io.countersign.gateway.server;

import io.countersign.gateway.guard.Guard;
import io.countersign.http.Bounds;
import io.countersign.http.Face;
import io.countersign.http.Header;
import io.countersign.http.Problem;
import java.util.List;
import java.util.Optional;

/**
 * One path and what answers it.
 *
 * @param path compared literally with the request's, undecoded
 * @param methods the verbs that are taken, as an {@code Allow} header lists them; none: any verb
 * @param bodyLimit bytes of body that are read, a longer one is refused; {@link #ofHeaders}: none is read
 * @param lane where the face runs
 * @param gate whom more than {@link Bounds#BODY} bytes are read from; empty where no more are read from anybody
 * @param guards who has to let a call in before anything of its body is read
 */
public record Route(
        String path,
        List<String> methods,
        int bodyLimit,
        Lane lane,
        Optional<Gate> gate,
        List<Guard> guards,
        Face face) {
    /** The face is called without the body, whatever there is of one. */
    private static final int UNREAD = -1;

    /** @throws IllegalArgumentException when large bodies are to be read of whoever sends them */
    public Route {
        methods = List.copyOf(methods);
        guards = List.copyOf(guards);
        if (bodyLimit > Bounds.BODY && gate.isEmpty()) {
            throw new IllegalArgumentException("a gate stands before bodies of more than " + Bounds.BODY + " bytes");
        }
    }

    /** One that anybody may call, with a body of at most {@link Bounds#BODY} bytes. */
    public Route(String path, List<String> methods, int bodyLimit, Face face) {
        this(path, methods, bodyLimit, Lane.OPEN, Optional.empty(), List.of(), face);
    }

    /** One whose body is larger, from whom the gate lets in. */
    public static Route ofLargeBody(String path, List<String> methods, int bodyLimit, Gate gate, Face face) {
        return new Route(path, methods, bodyLimit, Lane.OPEN, Optional.of(gate), List.of(), face);
    }

    /** The same in another lane. */
    public Route in(Lane other) {
        return new Route(path, methods, bodyLimit, other, gate, guards, face);
    }

    /** The same, answered by another face. */
    public Route answeredBy(Face other) {
        return new Route(path, methods, bodyLimit, lane, gate, guards, other);
    }

    /** For a face that looks at the headers alone: any verb, and no body is read. */
    public static Route ofHeaders(String path, Face face) {
        return new Route(path, List.of(), UNREAD, Lane.OPEN, Optional.empty(), List.of(), face);
    }

    /** The same behind these. */
    public Route behind(List<Guard> others) {
        return new Route(path, methods, bodyLimit, lane, gate, others, face);
    }

    /** Why a guard does not let a call with these headers in; empty: all do. */
    Optional<Problem> refusal(List<Header> headers) {
        for (Guard guard : guards) {
            Optional<Problem> refusal = guard.refusal(headers);
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
