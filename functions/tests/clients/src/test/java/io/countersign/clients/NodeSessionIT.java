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
@ExtendWith({ClientStorageParameter.class, NodeParameter.class})
class NodeSessionIT extends SessionContract {
    private final String version;
    private final ClientStorage guarded;
    private final NodeClients node;

    NodeSessionIT(String version, ClientStorage guarded, NodeClients node) {
        this.version = version;
        this.guarded = guarded;
        this.node = node;
    }

    @Override
    ClientStorage guarded() {
        return guarded;
    }

    @Override
    NodeSdk client(Login session) {
        return new NodeSdk(node, guarded.storage.endpoint(), session, version);
    }

    @Test
    void aClientThatRefreshesItsSessionOutlivesIt() {
        guarded.clock.set(Duration.ofMinutes(-12));
        Phone phone = Phone.of(guarded, "erin");
        Login first = phone.session(900).login();
        try (StorageClient client = client(first).refreshing(phone.tokenUrl(900), phone.bearer());
                StorageClient without = client(first)) {
            client.put(BUCKET, "users/erin/e.txt", "hello");
            guarded.clock.set(Duration.ofMinutes(-3).plusSeconds(30));
            assertThat(client.get(BUCKET, "users/erin/e.txt")).isEqualTo("hello");
            guarded.clock.set(Duration.ofMinutes(4));
            refused("SecurityTokenExpired", () -> without.get(BUCKET, "users/erin/e.txt"));
        }
    }
}
