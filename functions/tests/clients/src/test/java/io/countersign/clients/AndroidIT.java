package io.countersign.clients;

import com.alibaba.sdk.android.oss.common.auth.OSSPlainTextAKSKCredentialProvider;
import com.alibaba.sdk.android.oss.signer.SignVersion;
import io.countersign.gateway.storage.Login;
import io.countersign.gateway.storage.StorageClient;
import io.countersign.gateway.storage.StorageClientContract;
import io.countersign.gateway.storage.StorageServer;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The Android SDK with a long-lived key. */
@ParameterizedClass
@EnumSource
@ExtendWith(WorldParameter.class)
class AndroidIT extends StorageClientContract {
    private final SignVersion version;
    private final World world;

    AndroidIT(SignVersion version, World world) {
        this.version = version;
        this.world = world;
    }

    @Override
    protected String name() {
        return "android-" + version;
    }

    @Override
    protected StorageServer storage() {
        return world.storage;
    }

    @Override
    protected StorageClient client(Login login) {
        return new AndroidSdk(
                world.storage.endpoint(), new OSSPlainTextAKSKCredentialProvider(login.id(), login.secret()), version);
    }
}
