package io.countersign.gateway.storage;

import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Alibaba Cloud's own SDKs for Java through the store port, in front of each kind of store. */
@Tag("ceph")
@ParameterizedClass
@MethodSource("all")
@ExtendWith(PackagedStores.Parameter.class)
class BackedEndToEndIT extends BackedClientContract {
    private final ClientKind client;
    private final StoreKind store;
    private final BackedStorage<?> backed;

    BackedEndToEndIT(StoreKind store, ClientKind client, PackagedStores stores) {
        this.client = client;
        this.store = store;
        this.backed = stores.of(store);
    }

    static Stream<Arguments> all() {
        return StoreKind.tested().stream()
                .flatMap(store -> Stream.of(ClientKind.values()).map(client -> Arguments.of(store, client)));
    }

    @Override
    protected String name() {
        return client.name();
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
        return client.client(backed.endpoint, login);
    }

    /** aliyun-sdk-oss encodes the two halves of such a character by themselves when it signs in V2. */
    @Override
    protected boolean signsSupplementaryCharacters() {
        return client != ClientKind.SDK_V2;
    }
}
