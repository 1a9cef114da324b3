package io.countersign.verify.forwardauth;

import io.countersign.http.Call;
import io.countersign.http.Client;
import io.countersign.identity.TrustedProxies;
import io.countersign.oss.OssRefusal;
import java.util.Optional;

/**
 * The client's address and VPC.
 *
 * @param sourceVpc the VPC that the client came through; empty when no trusted proxy reports one
 */
record ClientConnection(Client client, Optional<String> sourceVpc) {
    /** @throws OssRefusal InvalidArgument when a trusted proxy reports several VPCs, or a malformed id */
    static ClientConnection of(Call call, TrustedProxies proxies, VpcRule vpc) throws OssRefusal {
        return new ClientConnection(proxies.client(call), proxies.trust(call.peer()) ? vpc.of(call) : Optional.empty());
    }
}
