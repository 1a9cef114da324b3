package io.countersign.gateway.server;

import io.countersign.http.Face;
import java.util.List;

/**
 * One path and what answers it.
 *
 * @param path compared literally with the request's, undecoded
 * @param methods the verbs that are taken, as an {@code Allow} header lists them; none: any verb
 * @param bodyLimit bytes of body that are read, a longer one is refused; {@link #ofHeaders}: none is read
 */
public record Route(String path, List<String> methods, int bodyLimit, Face face) {
    /** The face is called without the body, whatever there is of one. */
    private static final int UNREAD = -1;

    public Route {
        methods = List.copyOf(methods);
    }

    /** For a face that looks at the headers alone: any verb, and no body is read. */
    public static Route ofHeaders(String path, Face face) {
        return new Route(path, List.of(), UNREAD, face);
    }

    boolean takes(String method) {
        return methods.isEmpty() || methods.contains(method);
    }

    boolean readsBody() {
        return bodyLimit != UNREAD;
    }
}
