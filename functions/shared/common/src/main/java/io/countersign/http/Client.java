package io.countersign.http;

import java.util.Optional;

/**
 * Who makes a call in the end, as policies ask: its peer, or whom trusted proxies name.
 *
 * @param address a literal one; empty: it is unknown
 * @param secure whether the client came over TLS; empty: that is unknown
 */
public record Client(Optional<String> address, Optional<Boolean> secure) {
    /** A proxy did not tell. */
    public static final Client UNKNOWN = new Client(Optional.empty(), Optional.empty());

    /** Who calls without a proxy between. */
    public static Client direct(String peer, boolean secure) {
        return new Client(Optional.of(peer), Optional.of(secure));
    }
}
