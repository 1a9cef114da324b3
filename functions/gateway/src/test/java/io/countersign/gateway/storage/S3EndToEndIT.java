package io.countersign.gateway.storage;

import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Alibaba Cloud's own SDKs for Java with a store that speaks S3. */
@ParameterizedClass
@EnumSource
@ExtendWith(S3StorageParameter.class)
class S3EndToEndIT extends StorageClientContract {
    private final ClientKind kind;
    private final S3Storage guarded;

    S3EndToEndIT(ClientKind kind, S3Storage guarded) {
        this.kind = kind;
        this.guarded = guarded;
    }

    @Override
    protected String name() {
        return kind.name();
    }

    @Override
    protected void seed(String bucket, String key, String content) {
        Login owner = bucket.equals(GuardedStorageManifest.FOREIGN) ? Login.STRANGER : Login.ACCOUNT;
        try (StorageClient client = ClientKind.SDK_V4.client(guarded.endpoint, owner)) {
            client.put(bucket, key, content);
        }
    }

    @Override
    protected StorageClient client(Login login) {
        return kind.client(guarded.endpoint, login);
    }
}
