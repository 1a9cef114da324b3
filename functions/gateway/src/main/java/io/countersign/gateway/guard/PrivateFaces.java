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
public record PrivateFaces(Optional<Set<PrivateFace>> named) {
    private static final String EVERY = "*";

    public static final PrivateFaces ALL = new PrivateFaces(Optional.empty());

    public PrivateFaces {
        named = named.map(Set::copyOf);
    }

    /**
     * Parses paths separated by commas, or {@code *} for all. Returns empty when the text names no endpoint, repeats one, or contains a path that is not a private
     * endpoint.
     */
    public static Optional<PrivateFaces> of(String text) {
        if (text.equals(EVERY)) {
            return Optional.of(ALL);
        }
        Set<PrivateFace> faces = EnumSet.noneOf(PrivateFace.class);
        for (String path : text.split(",", -1)) {
            Optional<PrivateFace> face = PrivateFace.at(path);
            if (face.isEmpty() || !faces.add(face.get())) {
                return Optional.empty();
            }
        }
        return Optional.of(new PrivateFaces(Optional.of(faces)));
    }

    boolean include(PrivateFace face) {
        return named.isEmpty() || named.get().contains(face);
    }

    /** Returns the text form that {@link #of} parses. */
    public String text() {
        return named.isEmpty()
                ? EVERY
                : named.get().stream().sorted().map(PrivateFace::path).collect(Collectors.joining(","));
    }
}
