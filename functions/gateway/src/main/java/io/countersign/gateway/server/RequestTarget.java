package io.countersign.gateway.server;

import java.util.Optional;

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
