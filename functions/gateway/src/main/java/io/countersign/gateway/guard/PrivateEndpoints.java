package io.countersign.gateway.guard;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The private endpoints that one program may call.
 *
 * @param named the endpoints; empty means all, including those that later versions add
 */
public record PrivateEndpoints(Optional<Set<PrivateEndpoint>> named) {
    private static final String EVERY = "*";

    public static final PrivateEndpoints ALL = new PrivateEndpoints(Optional.empty());

    public PrivateEndpoints {
        named = named.map(Set::copyOf);
    }

    /**
     * Parses paths separated by commas, or {@code *} for all. Returns empty when the text names no endpoint, repeats one, or contains a path that is not a private
     * endpoint.
     */
    public static Optional<PrivateEndpoints> of(String text) {
        if (text.equals(EVERY)) {
            return Optional.of(ALL);
        }
        Set<PrivateEndpoint> endpoints = EnumSet.noneOf(PrivateEndpoint.class);
        for (String path : text.split(",", -1)) {
            Optional<PrivateEndpoint> endpoint = PrivateEndpoint.at(path);
            if (endpoint.isEmpty() || !endpoints.add(endpoint.get())) {
                return Optional.empty();
            }
        }
        return Optional.of(new PrivateEndpoints(Optional.of(endpoints)));
    }

    boolean include(PrivateEndpoint endpoint) {
        return named.isEmpty() || named.get().contains(endpoint);
    }

    /** Returns the text form that {@link #of} parses. */
    public String text() {
        return named.isEmpty()
                ? EVERY
                : named.get().stream().sorted().map(PrivateEndpoint::path).collect(Collectors.joining(","));
    }
}
