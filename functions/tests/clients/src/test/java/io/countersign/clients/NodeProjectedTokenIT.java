package io.countersign.clients;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.countersign.gateway.storage.Login;
import io.countersign.json.Value;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;

/** {@code @alicloud/credentials} from npm, in a Node that trusts nginx's certificate. */
@Tag("nginx")
@Tag("node")
class NodeProjectedTokenIT extends ProjectedTokenContract {
    @Override
    Login login(StsNginx sts, Path tokenFile) {
        try (NodeClients node =
                new NodeClients(Map.of("NODE_EXTRA_CA_CERTS", sts.certificate().toString()))) {
            Map<String, Value> made = ((Value.ObjectValue) node.ask(
                            "roleOfToken",
                            Map.of(),
                            Map.of(
                                    "sts",
                                    sts.authority(),
                                    "role",
                                    ROLE,
                                    "provider",
                                    PROVIDER,
                                    "file",
                                    tokenFile.toString())))
                    .members();
            return new Login(
                    NodeClients.text(made.get("id")),
                    NodeClients.text(made.get("secret")),
                    NodeClients.text(made.get("token")));
        }
    }

    @Override
    String refusal(StsNginx sts, Path tokenFile) {
        return String.valueOf(catchThrowableOfType(RefusedByServer.class, () -> login(sts, tokenFile))
                .getMessage());
    }
}
