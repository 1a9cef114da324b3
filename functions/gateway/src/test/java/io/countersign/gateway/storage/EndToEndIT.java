package io.countersign.gateway.storage;

import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Alibaba Cloud's own SDKs for Java. */
@ParameterizedClass
@EnumSource
@ExtendWith(WorldParameter.class)
class EndToEndIT extends StorageClientContract {
    private final ClientKind kind;
    private final World world;

    EndToEndIT(ClientKind kind, World world) {
        this.kind = kind;
        this.world = world;
    }

    @Override
    protected String name() {
        return kind.name();
    }

    @Override
    protected StorageServer storage() {
        return world.storage;
    }

    @Override
    protected StorageClient client(Login login) {
        return kind.client(world.storage.endpoint(), login);
    }
}
