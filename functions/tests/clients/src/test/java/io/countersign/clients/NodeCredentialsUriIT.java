package io.countersign.clients;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.countersign.gateway.storage.Login;
import io.countersign.json.Value;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code @alicloud/credentials} from npm. */
@Tag("node")
@ParameterizedClass
@EnumSource
@ExtendWith({ClientStorageParameter.class, NodeParameter.class})
class NodeCredentialsUriIT extends CredentialsUriContract {
    /** By the operation of {@code credentials.js}. */
    enum Reader {
        TODAY("uriOfToday"),
        /** Before 2.4: it wants a Code, and tells of a refusal nothing but that there is none. */
        OLD("uriOfOld");

        private final String operation;

        Reader(String operation) {
            this.operation = operation;
        }
    }

    private final Reader reader;
    private final ClientStorage guarded;
    private final NodeClients node;

    NodeCredentialsUriIT(Reader reader, ClientStorage guarded, NodeClients node) {
        this.reader = reader;
        this.guarded = guarded;
        this.node = node;
    }

    @Override
    ClientStorage guarded() {
        return guarded;
    }

    @Override
    Login login(String uri) {
        Map<String, Value> made =
                ((Value.ObjectValue) node.ask(reader.operation, Map.of(), Map.of("uri", uri))).members();
        return new Login(
                NodeClients.text(made.get("id")),
                NodeClients.text(made.get("secret")),
                NodeClients.text(made.get("token")));
    }

    @Override
    String refusal(String uri) {
        return String.valueOf(
                catchThrowableOfType(RefusedByServer.class, () -> login(uri)).getMessage());
    }

    @Override
    String refusedWith(String code) {
        return switch (reader) {
            case TODAY -> code;
            case OLD -> "Code is undefined";
        };
    }
}
