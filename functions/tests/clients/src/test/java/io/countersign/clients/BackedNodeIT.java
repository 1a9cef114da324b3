package io.countersign.clients;

import io.countersign.gateway.storage.BackedClient;
import io.countersign.gateway.storage.BackedClientContract;
import io.countersign.gateway.storage.BackedStorage;
import io.countersign.gateway.storage.Login;
import io.countersign.gateway.storage.StoreKind;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** ali-oss through the store port, in front of each kind of store. */
@Tag("ceph")
@Tag("node")
@ParameterizedClass
@MethodSource("all")
@ExtendWith({LiveStores.Parameter.class, NodeParameter.class})
class BackedNodeIT extends BackedClientContract {
    private final String version;
    private final StoreKind store;
    private final BackedStorage<?> backed;
    private final NodeClients node;

    BackedNodeIT(StoreKind store, String version, LiveStores stores, NodeClients node) {
        this.version = version;
        this.store = store;
        this.backed = stores.of(store);
        this.node = node;
    }

    static Stream<Arguments> all() {
        return StoreKind.tested().stream()
                .flatMap(store -> Stream.of("V1", "V4").map(version -> Arguments.of(store, version)));
    }

    @Override
    protected String name() {
        return "node-" + version;
    }

    @Override
    protected StoreKind store() {
        return store;
    }

    @Override
    protected void seed(String bucket, String key, String content) {
        backed.seed(bucket, key, content);
    }

    @Override
    protected BackedClient client(Login login) {
        return new NodeSdk(node, backed.endpoint, login, version);
    }
}
