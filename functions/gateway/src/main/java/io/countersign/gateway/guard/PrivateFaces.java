package io.countersign.gateway.guard;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The private faces that one program may call.
 *
 * @param named empty: all, those of later versions too
 */
public record PrivateFaces(Optional<Set<PrivateFace>> named) {
    private static final String EVERY = "*";

    public static final PrivateFaces ALL = new PrivateFaces(Optional.empty());

    public PrivateFaces {
        named = named.map(Set::copyOf);
    }

    /**
     * As lines write them: paths with commas between them, or {@code *} for all. Empty for a text that names none, one twice, or a path that is no private
     * face.
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

    /** As {@link #of} reads it. */
    public String text() {
        return named.isEmpty()
                ? EVERY
                : named.get().stream().sorted().map(PrivateFace::path).collect(Collectors.joining(","));
    }
}
