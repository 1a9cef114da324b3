package io.countersign.verify.forwardauth;

import io.countersign.http.Call;
import io.countersign.http.Client;
import io.countersign.identity.TrustedProxies;
import io.countersign.oss.OssRefusal;
import java.util.Optional;

/**
 * Where the client comes from.
 *
 * @param sourceVpc the VPC that the client came through; empty when no trusted proxy names one
 */
record ClientConnection(Client client, Optional<String> sourceVpc) {
    /** @throws OssRefusal InvalidArgument when a trusted proxy names several VPCs, or something that is none */
    static ClientConnection of(Call call, TrustedProxies proxies, VpcRule vpc) throws OssRefusal {
        return new ClientConnection(proxies.client(call), proxies.trust(call.peer()) ? vpc.of(call) : Optional.empty());
    }
}
