package io.countersign.clients;

import com.aliyun.teaopenapi.Client;
import com.aliyun.teaopenapi.models.OpenApiRequest;
import com.aliyun.teaopenapi.models.Params;
import com.aliyun.teautil.models.RuntimeOptions;
import io.countersign.gateway.storage.Login;
import java.util.HashMap;
import java.util.Map;

/** com.aliyun:tea-openapi, the client beneath Alibaba Cloud's generated ones: ACS3. */
final class OpenApiSts implements StsClient {
    private final Client client;

    /** @param endpoint host and port */
    OpenApiSts(String endpoint, Login login) {
        this.client = TeaSts.ask(() -> new Client(TeaSts.config(endpoint, login)));
    }

    @Override
    public Session assumeRole(AssumeRoleArguments wish) {
        return session(call("AssumeRole", "AK", query(wish)));
    }

    @Override
    public Session assumeRoleWithOidc(AssumeRoleArguments wish, String token) {
        Map<String, String> query = query(wish);
        query.put("OIDCProviderArn", AssumeRoleArguments.providerArn());
        query.put("OIDCToken", token);
        return session(call("AssumeRoleWithOIDC", "Anonymous", query));
    }

    @Override
    public String callerArn() {
        return String.valueOf(call("GetCallerIdentity", "AK", Map.of()).get("Arn"));
    }

    private static Map<String, String> query(AssumeRoleArguments wish) {
        Map<String, String> query = new HashMap<>();
        query.put("RoleArn", wish.roleArn());
        query.put("RoleSessionName", wish.session());
        query.put("DurationSeconds", Integer.toString(wish.seconds()));
        wish.policy().ifPresent(policy -> query.put("Policy", policy));
        return query;
    }

    private static Session session(Map<?, ?> body) {
        Map<?, ?> made = (Map<?, ?>) body.get("Credentials");
        return Session.of(
                String.valueOf(made.get("AccessKeyId")),
                String.valueOf(made.get("AccessKeySecret")),
                String.valueOf(made.get("SecurityToken")),
                String.valueOf(made.get("Expiration")));
    }

    private Map<?, ?> call(String action, String authentication, Map<String, String> query) {
        Params params = new Params()
                .setAction(action)
                .setVersion("2015-04-01")
                .setProtocol("HTTP")
                .setPathname("/")
                .setMethod("POST")
                .setAuthType(authentication)
                .setStyle("RPC")
                .setReqBodyType("formData")
                .setBodyType("json");
        return (Map<?, ?>)
                TeaSts.ask(() -> client.callApi(params, new OpenApiRequest().setQuery(query), new RuntimeOptions()))
                        .get("body");
    }
}
