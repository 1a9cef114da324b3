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
@ExtendWith(WorldParameter.class)
class SessionIT extends SessionContract {
    private final ClientKind kind;
    private final World world;

    SessionIT(ClientKind kind, World world) {
        this.kind = kind;
        this.world = world;
    }

    @Override
    World world() {
        return world;
    }

    @Override
    StorageClient client(Login session) {
        return kind.client(world.storage.endpoint(), session);
    }
}
