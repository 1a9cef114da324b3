package io.countersign.gateway.storage;

import io.countersign.gateway.cli.Invocation;
import io.countersign.gateway.live.LiveGateway;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.extension.ExtendWith;

/** Through a gateway in this process, in front of a store that speaks OSS. */
@ExtendWith(UploadsTest.Stores.class)
class UploadsTest extends UploadsContract {
    UploadsTest(LiveStores stores) {
        super(stores.of(StoreKind.OSS));
    }

    /** Gateways in this process. */
    static final class LiveStores extends BackedStores<LiveGateway> {
        LiveStores() {
            super((manifest, data, storePort, privateTokens) -> new LiveGateway(
                    new Invocation.Serve(
                            Optional.of(manifest),
                            data,
                            false,
                            "127.0.0.1",
                            0,
                            OptionalInt.empty(),
                            Optional.empty(),
                            OptionalInt.of(0),
                            OptionalInt.of(storePort)),
                    InstantSource.system()));
        }
    }

    /** One for all tests of a run. */
    static final class Stores extends SharedParameter<LiveStores> {
        Stores() {
            super(LiveStores.class, LiveStores::new);
        }
    }
}
