package io.countersign.clients;

import io.countersign.gateway.storage.Login;
import io.countersign.json.Value;
import java.util.HashMap;
import java.util.Map;

/** The clients of STS from npm. */
final class NodeSts implements StsClient {
    /** By package, and by the verb where there is a choice. */
    enum Kind {
        STS20150401("generated", ""),
        POP_CORE_GET("core", "GET"),
        POP_CORE_POST("core", "POST"),
        ALI_OSS("oss", "");

        private final String prefix;
        private final String method;

        Kind(String prefix, String method) {
            this.prefix = prefix;
            this.method = method;
        }
    }

    private final NodeClients node;
    private final Kind kind;
    private final Map<String, String> settings = new HashMap<>();

    /** @param endpoint host and port */
    NodeSts(NodeClients node, Kind kind, String endpoint, Login login) {
        this.node = node;
        this.kind = kind;
        settings.put("sts", endpoint);
        settings.put("accessKeyId", login.id());
        settings.put("accessKeySecret", login.secret());
        login.securityToken().ifPresent(token -> settings.put("stsToken", token));
    }

    @Override
    public Session assumeRole(AssumeRoleArguments wish) {
        return session(ask("AssumeRole", given(wish)));
    }

    @Override
    public boolean knowsOidc() {
        return kind == Kind.STS20150401;
    }

    @Override
    public Session assumeRoleWithOidc(AssumeRoleArguments wish, String token) {
        Map<String, Object> given = given(wish);
        given.put("provider", AssumeRoleArguments.providerArn());
        given.put("token", token);
        return session(ask("AssumeRoleWithOIDC", given));
    }

    @Override
    public boolean knowsIdentity() {
        return kind != Kind.ALI_OSS;
    }

    @Override
    public String callerArn() {
        return NodeClients.text(ask("GetCallerIdentity", Map.of()));
    }

    private static Map<String, Object> given(AssumeRoleArguments wish) {
        Map<String, Object> given = new HashMap<>();
        given.put("role", wish.roleArn());
        given.put("session", wish.session());
        given.put("seconds", Integer.toString(wish.seconds()));
        wish.policy().ifPresent(policy -> given.put("policy", policy));
        return given;
    }

    private Value ask(String action, Map<String, Object> given) {
        Map<String, Object> all = new HashMap<>(given);
        all.put("method", kind.method);
        return node.ask(kind.prefix + action, settings, all);
    }

    private static Session session(Value answer) {
        Map<String, Value> made = ((Value.ObjectValue) answer).members();
        return Session.of(
                NodeClients.text(made.get("id")),
                NodeClients.text(made.get("secret")),
                NodeClients.text(made.get("token")),
                NodeClients.text(made.get("expiration")));
    }
}
