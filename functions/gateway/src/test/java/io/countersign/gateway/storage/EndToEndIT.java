package io.countersign.gateway.storage;

import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Alibaba Cloud's own SDKs for Java. */
@ParameterizedClass
@EnumSource
@ExtendWith(AppStorageParameter.class)
class EndToEndIT extends StorageClientContract {
    private final ClientKind kind;
    private final AppStorage guarded;

    EndToEndIT(ClientKind kind, AppStorage guarded) {
        this.kind = kind;
        this.guarded = guarded;
    }

    @Override
    protected String name() {
        return kind.name();
    }

    @Override
    protected void seed(String bucket, String key, String content) throws Exception {
        guarded.storage.seed(bucket, key, content);
    }

    @Override
    protected StorageClient client(Login login) {
        return kind.client(guarded.storage.endpoint(), login);
    }
}
