package io.countersign.clients;

import io.countersign.gateway.storage.ClientKind;
import io.countersign.gateway.storage.Login;
import io.countersign.gateway.storage.StorageClient;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Alibaba Cloud's SDKs for Java with sessions. */
@ParameterizedClass
@EnumSource
@ExtendWith(ClientStorageParameter.class)
class SessionIT extends SessionContract {
    private final ClientKind kind;
    private final ClientStorage guarded;

    SessionIT(ClientKind kind, ClientStorage guarded) {
        this.kind = kind;
        this.guarded = guarded;
    }

    @Override
    ClientStorage guarded() {
        return guarded;
    }

    @Override
    StorageClient client(Login session) {
        return kind.client(guarded.storage.endpoint(), session);
    }
}
