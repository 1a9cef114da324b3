package io.countersign.gateway.storage;

import io.countersign.gateway.packaged.PackagedGateway;
import java.util.List;

/** The packaged program in front of each kind of store. */
final class PackagedStores extends BackedStores<PackagedGateway> {
    PackagedStores() {
        super((manifest, data, storePort, privateTokens) -> PackagedGateway.serve(
                List.of("-Dcountersign.private.tokens=" + privateTokens),
                "serve",
                "--manifest",
                manifest.toString(),
                "--data",
                data.toString(),
                "--port",
                "0",
                "--store-port",
                Integer.toString(storePort)));
    }

    /** One for all tests of a run. */
    static final class Parameter extends SharedParameter<PackagedStores> {
        Parameter() {
            super(PackagedStores.class, PackagedStores::new);
        }
    }
}
