package io.countersign.clients;

import io.countersign.gateway.storage.Login;
import io.countersign.gateway.storage.StorageClient;
import io.countersign.gateway.storage.StorageClientContract;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** ali-oss with a long-lived key. */
@Tag("node")
@ParameterizedClass
@ValueSource(strings = {"V1", "V4"})
@ExtendWith({ClientStorageParameter.class, NodeParameter.class})
class NodeIT extends StorageClientContract {
    private final String version;
    private final ClientStorage guarded;
    private final NodeClients node;

    NodeIT(String version, ClientStorage guarded, NodeClients node) {
        this.version = version;
        this.guarded = guarded;
        this.node = node;
    }

    @Override
    protected String name() {
        return "node-" + version;
    }

    @Override
    protected void seed(String bucket, String key, String content) throws Exception {
        guarded.storage.seed(bucket, key, content);
    }

    @Override
    protected StorageClient client(Login login) {
        return new NodeSdk(node, guarded.storage.endpoint(), login, version);
    }
}
