package io.countersign.registry;

import java.net.URI;

/** Where the public keys of a provider are. */
public sealed interface JwksSource {
    /** Here: the JSON text of a JWK set, public keys alone. */
    record Inline(String json) implements JwksSource {}

    /** At this address: https, or http on loopback. */
    record At(URI uri) implements JwksSource {}
}
