package io.countersign.gateway.live;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/** The gateway's clock: runs as the machine's does, so many seconds ahead of it or behind it. */
public final class MovableClock implements InstantSource {
    private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);

    /** @param offset from the machine's clock */
    public void set(Duration offset) {
        ahead.set(offset);
    }

    @Override
    public Instant instant() {
        return Instant.now().plus(ahead.get());
    }
}
