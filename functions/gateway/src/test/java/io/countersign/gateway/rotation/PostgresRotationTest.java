package io.countersign.gateway.rotation;

import io.countersign.registry.postgresql.PostgresLocation;
import io.countersign.registry.postgresql.PostgresServer;
import io.countersign.registry.postgresql.PostgresStore;
import io.countersign.registry.postgresql.ServerUrl;
import io.countersign.registry.store.RegistryStore;
import io.countersign.testkit.Seeds;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Tag;

@Tag("postgresql")
class PostgresRotationTest extends AbstractRotationTest {
    @Override
    protected RegistryStore open() throws Exception {
        return newRegistry();
    }

    static RegistryStore newRegistry() throws Exception {
        ServerUrl url = ServerUrl.of(PostgresServer.running().newDatabase());
        return PostgresStore.open(
                new PostgresLocation(url, "postgres", Optional.empty(), Duration.ofSeconds(30)), Seeds.secure());
    }

    @Override
    protected Load.Pace pace() {
        return new Load.Pace(3, 5, Duration.ofMinutes(50), 1);
    }
}
