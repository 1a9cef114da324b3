package io.countersign.gateway.guard;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** A face for the operator's own programs: whoever reaches it is believed. */
public enum PrivateFace {
    VERIFY("/verify"),
    /** Its Authorization header belongs to the client that a proxy asks about, and so do, from some proxies, its Host and Origin. */
    AUTH("/auth"),
    ACL("/acl"),
    EVENTS("/events");

    private final String path;

    PrivateFace(String path) {
        this.path = path;
    }

    public String path() {
        return path;
    }

    public static Optional<PrivateFace> at(String path) {
        return Arrays.stream(values()).filter(face -> face.path.equals(path)).findFirst();
    }

    /** All paths, for messages. */
    public static String paths() {
        return Arrays.stream(values()).map(PrivateFace::path).collect(Collectors.joining(", "));
    }
}
