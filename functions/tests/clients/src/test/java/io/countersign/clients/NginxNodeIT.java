package io.countersign.clients;

import io.countersign.gateway.storage.Login;
import io.countersign.gateway.storage.StorageClient;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** ali-oss at a store of plain files. */
@Tag("nginx")
@Tag("node")
@ParameterizedClass
@ValueSource(strings = {"V1", "V4"})
@ExtendWith({FileStoreParameter.class, NodeParameter.class})
class NginxNodeIT extends NginxContract {
    private final String version;
    private final NodeClients node;

    NginxNodeIT(String version, FileStore store, NodeClients node) {
        super(store);
        this.version = version;
        this.node = node;
    }

    @Override
    String name() {
        return "node-" + version;
    }

    @Override
    StorageClient client(Login login) {
        return new NodeSdk(node, store.endpoint(), login, version);
    }
}
