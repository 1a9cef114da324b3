package io.countersign.gateway.storage;

import io.countersign.gateway.packaged.PackagedGateway;
import java.util.List;
import java.util.stream.Stream;

/** The packaged program in front of each kind of store. */
final class PackagedStores extends BackedStores<PackagedGateway> {
    PackagedStores() {
        super(served(List.of()));
    }

    /** @param settings of the gateway, as options of the JVM */
    static BackedStorage.Starter<PackagedGateway> served(List<String> settings) {
        return (manifest, data, storePort, privateTokens) -> PackagedGateway.serve(
                Stream.concat(Stream.of("-Dcountersign.private.tokens=" + privateTokens), settings.stream())
                        .toList(),
                "serve",
                "--manifest",
                manifest.toString(),
                "--data",
                data.toString(),
                "--port",
                "0",
                "--store-port",
                Integer.toString(storePort));
    }

    /** One for all tests of a run. */
    static final class Parameter extends SharedParameter<PackagedStores> {
        Parameter() {
            super(PackagedStores.class, PackagedStores::new);
        }
    }
}
