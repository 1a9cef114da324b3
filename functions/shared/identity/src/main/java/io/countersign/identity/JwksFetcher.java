package io.countersign.identity;

import java.io.IOException;
import java.net.URI;

/** Reads a key set from where its provider publishes it. */
@FunctionalInterface
public interface JwksFetcher {
    /**
     * The bytes that stand at this address.
     *
     * @throws IOException when they cannot be had, or must not be asked for there; the message is for the operator's log
     */
    byte[] fetch(URI uri) throws IOException;
}
