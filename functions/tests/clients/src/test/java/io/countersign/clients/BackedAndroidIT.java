package io.countersign.clients;

import com.alibaba.sdk.android.oss.common.auth.OSSPlainTextAKSKCredentialProvider;
import com.alibaba.sdk.android.oss.signer.SignVersion;
import io.countersign.gateway.storage.BackedStorage;
import io.countersign.gateway.storage.Login;
import io.countersign.gateway.storage.StorageClient;
import io.countersign.gateway.storage.StorageClientContract;
import io.countersign.gateway.storage.StoreKind;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The Android SDK through the store port, in front of each kind of store. */
@Tag("ceph")
@ParameterizedClass
@MethodSource("all")
@ExtendWith(LiveStores.Parameter.class)
class BackedAndroidIT extends StorageClientContract {
    private final SignVersion version;
    private final StoreKind store;
    private final BackedStorage<?> backed;

    BackedAndroidIT(StoreKind store, SignVersion version, LiveStores stores) {
        this.version = version;
        this.store = store;
        this.backed = stores.of(store);
    }

    static Stream<Arguments> all() {
        return StoreKind.tested().stream()
                .flatMap(store -> Stream.of(SignVersion.values()).map(version -> Arguments.of(store, version)));
    }

    @Override
    protected String name() {
        return "android-" + version;
    }

    @Override
    protected List<String> parts() {
        return store.parts();
    }

    @Override
    protected void seed(String bucket, String key, String content) {
        backed.seed(bucket, key, content);
    }

    @Override
    protected StorageClient client(Login login) {
        return new AndroidSdk(
                backed.endpoint, new OSSPlainTextAKSKCredentialProvider(login.id(), login.secret()), version);
    }
}
