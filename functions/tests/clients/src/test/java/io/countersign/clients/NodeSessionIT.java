package io.countersign.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.gateway.storage.Login;
import io.countersign.gateway.storage.StorageClient;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** ali-oss with sessions. */
@Tag("node")
@ParameterizedClass
@ValueSource(strings = {"V1", "V4"})
@ExtendWith({WorldParameter.class, NodeParameter.class})
class NodeSessionIT extends SessionContract {
    private final String version;
    private final World world;
    private final NodeClients node;

    NodeSessionIT(String version, World world, NodeClients node) {
        this.version = version;
        this.world = world;
        this.node = node;
    }

    @Override
    World world() {
        return world;
    }

    @Override
    NodeSdk client(Login session) {
        return new NodeSdk(node, world.storage.endpoint(), session, version);
    }

    @Test
    void aClientThatRefreshesItsSessionOutlivesIt() {
        world.clock.set(Duration.ofMinutes(-12));
        Phone phone = Phone.of(world, "erin");
        Login first = phone.session(900).login();
        try (StorageClient client = client(first).refreshing(phone.tokenUrl(900), phone.bearer());
                StorageClient without = client(first)) {
            client.put(BUCKET, "users/erin/e.txt", "hello");
            world.clock.set(Duration.ofMinutes(-3).plusSeconds(30));
            assertThat(client.get(BUCKET, "users/erin/e.txt")).isEqualTo("hello");
            world.clock.set(Duration.ofMinutes(4));
            refused("SecurityTokenExpired", () -> without.get(BUCKET, "users/erin/e.txt"));
        }
    }
}
