package io.countersign.oss;

/**
 * A parameter of a query string, decoded.
 *
 * @param assigned whether an {@code =} followed the name: {@code ?acl=} and {@code ?acl} differ on the wire
 *     (docs/protocol.md 1.2)
 */
public record QueryParameter(String name, String value, boolean assigned) {
    public QueryParameter {
        if (!assigned && !value.isEmpty()) {
            throw new IllegalArgumentException("a parameter with a value has an equals sign");
        }
    }

    /** Returns {@code name=value}. */
    public static QueryParameter of(String name, String value) {
        return new QueryParameter(name, value, true);
    }

    /** Returns {@code name} without a value. */
    public static QueryParameter bare(String name) {
        return new QueryParameter(name, "", false);
    }
}
