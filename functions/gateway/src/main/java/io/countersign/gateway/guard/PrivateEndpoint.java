package io.countersign.gateway.guard;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** An endpoint for the operator's own programs. It trusts every caller that the guards admit. */
public enum PrivateEndpoint {
    VERIFY("/verify"),
    /**
     * The {@code Authorization} header belongs to the client of the proxy. Some proxies forward the client's {@code Host} and {@code Origin} as well.
     */
    AUTH("/auth"),
    ACL("/acl"),
    EVENTS("/events"),
    SESSIONS_REVOKE("/sessions/revoke"),
    METRICS("/metrics");

    private final String path;

    PrivateEndpoint(String path) {
        this.path = path;
    }

    public String path() {
        return path;
    }

    public static Optional<PrivateEndpoint> at(String path) {
        return Arrays.stream(values())
                .filter(endpoint -> endpoint.path.equals(path))
                .findFirst();
    }

    /** Returns all paths, separated by commas, for messages. */
    public static String paths() {
        return Arrays.stream(values()).map(PrivateEndpoint::path).collect(Collectors.joining(", "));
    }
}
