package io.countersign.http;

import java.util.Optional;

/**
 * The client of a call for policies: its peer, or the client that trusted proxies name.
 *
 * @param address a literal IP address; empty when it is unknown
 * @param secure whether the client uses TLS; empty when that is unknown
 */
public record Client(Optional<String> address, Optional<Boolean> secure) {
    /** The client behind a proxy that does not name it. */
    public static final Client UNKNOWN = new Client(Optional.empty(), Optional.empty());

    /** A client without a proxy in between. */
    public static Client direct(String peer, boolean secure) {
        return new Client(Optional.of(peer), Optional.of(secure));
    }
}
