package io.countersign.clients;

import com.alibaba.sdk.android.oss.common.auth.OSSPlainTextAKSKCredentialProvider;
import com.alibaba.sdk.android.oss.signer.SignVersion;
import io.countersign.gateway.storage.Login;
import io.countersign.gateway.storage.StorageClient;
import io.countersign.gateway.storage.StorageClientContract;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The Android SDK with a long-lived key. */
@ParameterizedClass
@EnumSource
@ExtendWith(ClientStorageParameter.class)
class AndroidIT extends StorageClientContract {
    private final SignVersion version;
    private final ClientStorage guarded;

    AndroidIT(SignVersion version, ClientStorage guarded) {
        this.version = version;
        this.guarded = guarded;
    }

    @Override
    protected String name() {
        return "android-" + version;
    }

    @Override
    protected void seed(String bucket, String key, String content) throws Exception {
        guarded.storage.seed(bucket, key, content);
    }

    @Override
    protected StorageClient client(Login login) {
        return new AndroidSdk(
                guarded.storage.endpoint(),
                new OSSPlainTextAKSKCredentialProvider(login.id(), login.secret()),
                version);
    }
}
