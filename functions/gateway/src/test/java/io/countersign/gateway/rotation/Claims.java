package io.countersign.gateway.rotation;

import io.countersign.signing.AccessKey;
import java.time.Instant;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** The credentials of all clients of a site, and which of them must still be valid. */
final class Claims {
    private final Witness witness;
    private final Set<String> compromised = ConcurrentHashMap.newKeySet();
    final Queue<Held> held = new ConcurrentLinkedQueue<>();
    /** Every key that a client ever saw signing: what a thief may have. */
    final Map<String, AccessKey> seen = new ConcurrentHashMap<>();

    final AtomicInteger accepted = new AtomicInteger();
    final AtomicInteger refused = new AtomicInteger();

    Claims(Witness witness) {
        this.witness = witness;
    }

    /** The bus has been told that others know the key: no test relies on it after that. */
    void compromise(String keyId) {
        compromised.add(keyId);
    }

    boolean isCompromised(String keyId) {
        return compromised.contains(keyId);
    }

    int compromises() {
        return compromised.size();
    }

    /** Whether a request must pass. */
    boolean isGood(Held thing, Instant now) {
        return now.isBefore(thing.until())
                && thing.restsOn().filter(compromised::contains).isEmpty();
    }

    /** Whether no reader may accept it any more: its key has been out of use for as long as a cache remembers. */
    boolean isOver(Held thing, Instant now) {
        return !now.isBefore(thing.until())
                || thing.restsOn().filter(key -> isGone(key, now)).isPresent();
    }

    boolean isGone(String keyId, Instant now) {
        return witness.outOfUse(keyId)
                .filter(since -> !now.isBefore(since.plus(Site.BOUND)))
                .isPresent();
    }

    /** Whether every reader must know that the key signs no more. */
    boolean isRetired(String keyId, Instant now) {
        return witness.signsNoMore(keyId)
                .filter(since -> !now.isBefore(since.plus(Site.BOUND)))
                .isPresent();
    }
}
