package io.countersign.gateway.server;

import java.util.List;

/**
 * One path and what answers it.
 *
 * @param path compared literally with the request's, undecoded
 * @param methods the verbs that are taken, as an {@code Allow} header lists them
 * @param bodyLimit bytes of body that are read; a longer one is refused
 */
public record Route(String path, List<String> methods, int bodyLimit, Face face) {
    public Route {
        methods = List.copyOf(methods);
    }
}
