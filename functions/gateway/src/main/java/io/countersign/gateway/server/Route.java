package io.countersign.gateway.server;

import io.countersign.http.Bounds;
import io.countersign.http.Face;
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
 * @param guard which pages of the web are kept from it; empty: none, as it expects calls from them or answers nothing that they could use
 */
public record Route(
        String path,
        List<String> methods,
        int bodyLimit,
        Lane lane,
        Optional<Gate> gate,
        Optional<HostGuard> guard,
        Face face) {
    /** The face is called without the body, whatever there is of one. */
    private static final int UNREAD = -1;

    /** @throws IllegalArgumentException when large bodies are to be read of whoever sends them */
    public Route {
        methods = List.copyOf(methods);
        if (bodyLimit > Bounds.BODY && gate.isEmpty()) {
            throw new IllegalArgumentException("a gate stands before bodies of more than " + Bounds.BODY + " bytes");
        }
    }

    /** One that anybody may call, with a body of at most {@link Bounds#BODY} bytes. */
    public Route(String path, List<String> methods, int bodyLimit, Face face) {
        this(path, methods, bodyLimit, Lane.OPEN, Optional.empty(), Optional.empty(), face);
    }

    /** One whose body is larger, from whom the gate lets in. */
    public static Route ofLargeBody(String path, List<String> methods, int bodyLimit, Gate gate, Face face) {
        return new Route(path, methods, bodyLimit, Lane.OPEN, Optional.of(gate), Optional.empty(), face);
    }

    /** The same in another lane. */
    public Route in(Lane other) {
        return new Route(path, methods, bodyLimit, other, gate, guard, face);
    }

    /** For a face that looks at the headers alone: any verb, and no body is read. */
    public static Route ofHeaders(String path, Face face) {
        return new Route(path, List.of(), UNREAD, Lane.OPEN, Optional.empty(), Optional.empty(), face);
    }

    /** The same, kept from pages of the web. */
    public Route behind(HostGuard other) {
        return new Route(path, methods, bodyLimit, lane, gate, Optional.of(other), face);
    }

    boolean takes(String method) {
        return methods.isEmpty() || methods.contains(method);
    }

    boolean readsBody() {
        return bodyLimit != UNREAD;
    }
}
