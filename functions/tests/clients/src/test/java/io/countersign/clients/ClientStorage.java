package io.countersign.clients;

import io.countersign.gateway.live.LiveGateway;
import io.countersign.gateway.live.MovableClock;
import io.countersign.gateway.storage.GuardedStorage;

/** The guarded storage that the client tests use: its gateway runs in this process, by a clock that the tests set. */
final class ClientStorage extends GuardedStorage<LiveGateway> {
    private static final String NO_PAGES = "https://pages.example.com";

    final MovableClock clock;

    ClientStorage() throws Exception {
        this(new MovableClock());
    }

    private ClientStorage(MovableClock clock) throws Exception {
        super(clock, NO_PAGES, (manifest, data) -> new LiveGateway(manifest, data, clock));
        this.clock = clock;
    }
}
