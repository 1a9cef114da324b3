package io.countersign.clients;

import io.countersign.gateway.storage.Login;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The clients of STS from npm. */
@Tag("node")
@ParameterizedClass
@EnumSource
@ExtendWith({ClientStorageParameter.class, NodeParameter.class})
class NodeStsIT extends StsClientContract {
    private final NodeSts.Kind kind;
    private final ClientStorage guarded;
    private final NodeClients node;

    NodeStsIT(NodeSts.Kind kind, ClientStorage guarded, NodeClients node) {
        this.kind = kind;
        this.guarded = guarded;
        this.node = node;
    }

    @Override
    ClientStorage guarded() {
        return guarded;
    }

    @Override
    StsClient client(String endpoint, Login login) {
        return new NodeSts(node, kind, endpoint, login);
    }
}
