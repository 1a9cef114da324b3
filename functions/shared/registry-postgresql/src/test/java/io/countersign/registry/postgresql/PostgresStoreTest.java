package io.countersign.registry.postgresql;

import io.countersign.registry.store.ItemKey;
import io.countersign.registry.store.RegistryStore;
import io.countersign.registry.store.RegistryStoreContract;
import java.time.Instant;
import org.junit.jupiter.api.Tag;

@Tag("postgresql")
class PostgresStoreTest extends RegistryStoreContract {
    private TestRegistry registry;

    @Override
    protected RegistryStore open() throws Exception {
        registry = TestRegistry.make();
        return registry.open();
    }

    @Override
    protected void spoil(ItemKey key, String payload) throws Exception {
        registry.update(key, "payload = ?", Bytes.of(payload));
    }

    @Override
    protected void spoilExpiry(ItemKey key, Instant expiresAt) throws Exception {
        registry.update(key, "expires = ?", expiresAt.toEpochMilli());
    }

    @Override
    protected void move(ItemKey from, ItemKey to) throws Exception {
        registry.update(from, "partition = ?, sort = ?", Bytes.of(to.partition()), Bytes.of(to.sort()));
    }
}
