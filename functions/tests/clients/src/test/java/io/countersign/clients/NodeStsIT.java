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
@ExtendWith({WorldParameter.class, NodeParameter.class})
class NodeStsIT extends StsClientContract {
    private final NodeSts.Kind kind;
    private final World world;
    private final NodeClients node;

    NodeStsIT(NodeSts.Kind kind, World world, NodeClients node) {
        this.kind = kind;
        this.world = world;
        this.node = node;
    }

    @Override
    World world() {
        return world;
    }

    @Override
    StsClient client(String endpoint, Login login) {
        return new NodeSts(node, kind, endpoint, login);
    }
}
