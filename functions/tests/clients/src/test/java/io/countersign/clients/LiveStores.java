package io.countersign.clients;

import io.countersign.gateway.cli.Invocation;
import io.countersign.gateway.live.LiveGateway;
import io.countersign.gateway.live.ProcessSettings;
import io.countersign.gateway.storage.BackedStores;
import io.countersign.gateway.storage.SharedParameter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalInt;

/** A gateway in this process in front of each kind of store. */
final class LiveStores extends BackedStores<LiveGateway> {
    LiveStores() {
        super(LiveStores::start);
    }

    private static LiveGateway start(Path manifest, Path data, int storePort, Path privateTokens) throws Exception {
        try (ProcessSettings settings = new ProcessSettings()) {
            settings.set("countersign.private.tokens", privateTokens.toString());
            return new LiveGateway(
                    new Invocation.Serve(
                                    Optional.of(manifest),
                                    data,
                                    false,
                                    "127.0.0.1",
                                    0,
                                    OptionalInt.empty(),
                                    Optional.empty(),
                                    OptionalInt.of(0))
                            .withStorePort(storePort),
                    InstantSource.system());
        }
    }

    /** One for all tests of a run. */
    static final class Parameter extends SharedParameter<LiveStores> {
        Parameter() {
            super(LiveStores.class, LiveStores::new);
        }
    }
}
